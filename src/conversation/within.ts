/**
 * Somebody who answers in private from inside a shared chat: the chat's opaque id stands beside their
 * conversation until it ends, so that its end is counted where it began. Nothing that joins a person
 * to a chat stays after that.
 */
import { finishedWithin, joinedWithin } from '../groups/taking-part.ts';
import { isoDay } from '../platform/calendar.ts';
import { isApp } from '../shared-chat.ts';
import type { Effect } from './commit-turn.ts';
import type { InConversation, Situation } from './situation.ts';
import type { World } from './world.ts';

/** Nothing where they joined for themselves. */
export function noteWithin(
  { contacts, ambient, installation }: World,
  { inbound }: Situation,
  conversation: { readonly id: string; readonly consultationId: string },
): readonly Effect[] {
  const { channel, within: chat } = inbound;
  if (chat === undefined || !isApp(channel)) return [];
  const { id, consultationId } = conversation;
  const today = isoDay(ambient.now(), installation.timeZone);
  return [
    async (tx) => {
      const chatId = await joinedWithin(tx, contacts, { channel, chat }, consultationId, today);
      if (chatId === undefined) return;
      await tx.query('update conv.conversation set within = $2 where id = $1', [id, chatId]);
    },
  ];
}

/** Asked before the turn that ends the conversation, and deletes its row, is written. */
export async function countWithin(
  world: World,
  { inbound, conversation }: InConversation,
): Promise<readonly Effect[]> {
  if (!isApp(inbound.channel)) return [];
  const { rows } = await world.pool.query<{ within: string | null }>(
    'select within from conv.conversation where id = $1',
    [conversation.id],
  );
  const chatId = rows[0]?.within ?? undefined;
  if (chatId === undefined) return [];
  return [(tx) => finishedWithin(tx, chatId, conversation.consultationId)];
}
