/**
 * The channels of direct messages, one for each person, opened when first needed and remembered for
 * a while. Opening one reaches nobody: until then no message has left.
 */
import type { SendOutcome } from '../../src/channel.ts';
import { SNOWFLAKE } from './discord-options.ts';
import { type Rest, textOf, wentWell } from './discord-rest.ts';
import { outcomeOfOpening } from './send-outcome.ts';

export type Opened =
  | { readonly kind: 'open'; readonly channelId: string }
  | { readonly kind: 'closed'; readonly outcome: SendOutcome };

export interface DirectChannels {
  readonly open: (userId: string) => Promise<Opened>;
  readonly forget: (userId: string) => void;
}

const MOST_REMEMBERED = 10_000;

export function createDirectChannels(rest: Rest): DirectChannels {
  const known = new Map<string, string>();
  return {
    open: async (userId) => {
      const remembered = known.get(userId);
      if (remembered !== undefined) return { kind: 'open', channelId: remembered };
      const result = await rest({
        method: 'POST',
        path: '/users/@me/channels',
        asBot: true,
        body: { recipient_id: userId },
      });
      const isOpen = result.kind === 'answer' && wentWell(result);
      const channelId = isOpen ? textOf(result.body, 'id') : undefined;
      if (channelId === undefined || !SNOWFLAKE.test(channelId))
        return { kind: 'closed', outcome: outcomeOfOpening(result) };
      known.set(userId, channelId);
      const [oldest] = known.keys();
      if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
      return { kind: 'open', channelId };
    },
    forget: (userId) => void known.delete(userId),
  };
}
