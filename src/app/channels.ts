/** The channels that the settings turn on. The web is always on; it can answer but not write first. */
import { smsChannel } from '../../adapters/sms/send.ts';
import { webChannel } from '../../adapters/web/web-channel.ts';
import type { Channel, ChannelName } from '../channel.ts';
import type { Config } from '../platform/config.ts';

export function channelsFor(config: Config): ReadonlyMap<ChannelName, Channel> {
  const channels = new Map<ChannelName, Channel>([['web', webChannel]]);
  if (config.sms) {
    channels.set('sms', smsChannel({ ...config.sms, publicUrl: config.publicUrl }));
  }
  return channels;
}
