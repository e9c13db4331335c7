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
    guestsOnly: config.mode === 'trial' && channels.get('sms')?.staysOnThisMachine !== true,
    ...(config.smsPartPence === undefined ? {} : { partPence: config.smsPartPence }),
    ...(config.spendCeilingPounds === undefined
      ? {}
      : { ceilingPounds: config.spendCeilingPounds }),
  };
}
