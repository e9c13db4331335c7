/**
 * The web as a channel: what is said there is read on the page that asked, so nothing can be sent to
 * someone who has left it.
 */
import type { Channel } from '../../src/channel.ts';

export const webChannel: Channel = {
  name: 'web',
  sender: 'web',
  staysOnThisMachine: true,
  cost: () => 1,
  send: async () => ({ kind: 'refused', reason: 'cannot be written to', optedOut: false }),
};
