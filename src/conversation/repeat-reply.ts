/**
 * A repeated webhook changes nothing. It carries the reply again only when the first answer did not
 * get out: its connection closed before the end, or nobody confirmed it for fifteen seconds.
 */
import type { Receipt } from '../channel.ts';
import { takeUnsentReply } from '../delivery/unsent-reply.ts';
import type { Prompt } from '../flow/prompt.ts';
import { bodyBinding } from './commit-turn.ts';
import { openForDay } from './day-seal.ts';
import type { World } from './world.ts';

export async function repeatReply(
  world: World,
  personId: string | undefined,
  messageHash: Uint8Array,
): Promise<Receipt> {
  if (personId === undefined) return { kind: 'silence' };
  const row = await takeUnsentReply(world.pool, personId, messageHash);
  if (!row) return { kind: 'silence' };
  const body = await openForDay(
    world.keys,
    { sealed: row.body, keyDay: row.keyDay },
    bodyBinding(row.personId),
  );
  if (body === undefined) return { kind: 'silence' };
  return {
    kind: 'reply',
    prompts: readPrompts(body),
    handedOver: () => world.ledger.handedOver(row.id),
    notHandedOver: () => world.ledger.notHandedOver(row.id),
  };
}

/** Only bodies that this program sealed are read here: their shape is known. */
export function readPrompts(body: string): readonly Prompt[] {
  const prompts: readonly Prompt[] = JSON.parse(body);
  return prompts;
}
