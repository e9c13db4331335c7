/**
 * Erasure: the person behind the number is not whom we took them for, so everything about them goes:
 * answers that still wait in the pool, messages on their way, the conversation, the address. What was
 * released cannot be found. Of the address stays one keyed hash that says never to write to it, or
 * the next audience file would bring the stranger back.
 */
import { EVERYTHING } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import { forgetRatings } from '../feedback/rating.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { Prompt } from '../flow/prompt.ts';
import { withdraw } from '../privacy/pool.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { participationsOf } from './participations.ts';
import { onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

/** Answers are taken back first: doing so twice does no harm, and it may have to wait for a release. */
export async function forgetPerson(
  world: World,
  situation: Situation,
  say: readonly Prompt[],
): Promise<DecidedTurn> {
  const { inbound, person, conversation } = situation;
  for (const { consultationId, state } of await participationsOf(world.pool, person.id)) {
    if (state !== 'done') continue;
    await withdraw(world.pool, world.keys, { consultation: consultationId, person: person.id });
  }
  return {
    ...onlySay(situation, say),
    change: conversation
      ? { kind: 'end', id: conversation.id, revision: conversation.revision }
      : { kind: 'none' },
    effects: [
      async (tx) => {
        await withdrawPlanned(tx, person.id, EVERYTHING, 'forgotten');
        await forgetRatings(tx, [person.id]);
        if (mayBeContacted(inbound.channel))
          await world.contacts.stop(tx, person.id, 'wrong-number');
        await world.contacts.forget(tx, person.id);
      },
    ],
  };
}
