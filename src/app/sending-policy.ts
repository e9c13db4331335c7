/** How Heard may write first, from its settings. */
import type { Channel, ChannelName } from '../channel.ts';
import type { Holidays } from '../delivery/school-days.ts';
import type { SendingPolicy } from '../delivery/sending-policy.ts';
import type { Config } from '../platform/config.ts';

export function sendingPolicyOf(
  config: Config,
  channels: ReadonlyMap<ChannelName, Channel>,
  holidays: Holidays,
): SendingPolicy {
  return {
    hours: { timeZone: config.timeZone, holidays, always: config.sendWindow === 'always' },
    contactCap: config.contactCap,
    guestsOnly: new Set(config.mode === 'trial' ? leavingThisMachine(channels) : []),
    partsPerSecond: config.smsPartsPerSecond,
    ...(config.smsPartPence === undefined ? {} : { partPence: config.smsPartPence }),
    ...(config.spendCeilingPounds === undefined
      ? {}
      : { ceilingPounds: config.spendCeilingPounds }),
  };
}

/** Text messages are counted among them before they are set up: what they would cost is asked then. */
function leavingThisMachine(channels: ReadonlyMap<ChannelName, Channel>): readonly ChannelName[] {
  const apps = (['discord', 'teams'] as const).filter((name) => channels.has(name));
  return (['sms', ...apps] as const).filter(
    (name) => channels.get(name)?.staysOnThisMachine !== true,
  );
}
