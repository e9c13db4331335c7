/**
 * Whoever takes part is not asked to any more: invitations and reminders of this consultation that
 * still wait for them, on any channel that they have linked, are taken back.
 */
import { withdrawAsking } from '../delivery/withdraw.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { Queryable } from '../platform/postgres.ts';
import { circleOf, takesPartIn } from './circle.ts';
import type { Effect } from './commit-turn.ts';
import type { Situation } from './situation.ts';

/** On a page nobody is written to, and nothing waits. */
export function noLongerAsked(
  { inbound, person }: Situation,
  consultationId: string,
): readonly Effect[] {
  if (!mayBeContacted(inbound.channel)) return [];
  return [async (tx) => withdrawAsking(tx, await circleOf(tx, person), consultationId)];
}

/** Two channels have just become one person: neither is asked to what the other takes part in. */
export async function noLongerAskedTogether(tx: Queryable, personId: string): Promise<void> {
  const person = { id: personId, links: true };
  const circle = await circleOf(tx, person);
  for (const { consultationId } of await takesPartIn(tx, person))
    await withdrawAsking(tx, circle, consultationId);
}
