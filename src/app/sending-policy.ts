/** How Heard may write first, from its settings. */
import type { Channel, ChannelName } from '../channel.ts';
import { type Holidays, NO_HOLIDAYS } from '../delivery/school-days.ts';
import type { SendingPolicy } from '../delivery/sending-policy.ts';
import type { Config } from '../platform/config.ts';

export function sendingPolicyOf(
  config: Config,
  channels: ReadonlyMap<ChannelName, Channel>,
  holidays: Holidays = NO_HOLIDAYS,
): SendingPolicy {
  return {
    hours: { timeZone: config.timeZone, holidays, always: config.sendWindow === 'always' },
    contactCap: 2,
    guestsOnly: config.mode === 'trial' && channels.get('sms')?.staysOnThisMachine !== true,
    ...(config.smsPartPence === undefined ? {} : { partPence: config.smsPartPence }),
  };
}
