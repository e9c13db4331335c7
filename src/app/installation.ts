/** What the sentences need to know of this installation, from its settings. */
import type { Installation } from '../flow/flow.ts';
import type { Config } from '../platform/config.ts';

export function installationOf(config: Config): Installation {
  return {
    organisation: config.organisation,
    timeZone: config.timeZone,
    coolingOffHours: config.coolingOffHours,
    hasSafeguardingLead: config.safeguardingKey !== undefined,
    publicUrl: config.publicUrl,
    ...(config.sms ? { textNumber: asWritten(config.sms.from) } : {}),
  };
}

/** +447700900123 as people write it: 07700 900123. */
function asWritten(number: string): string {
  const national = /^\+44(\d{4})(\d{6})$/.exec(number);
  return national ? `0${national[1]} ${national[2]}` : number;
}
