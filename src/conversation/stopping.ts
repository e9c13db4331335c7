/**
 * What STOP says and does where a person has linked channels: it stops them all, with what is half
 * done there, and says which they are. Without a link it knows of no other channel, and must never
 * claim anything about one.
 */
import { STARTED_BY_US } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { Linked } from '../privacy/links.ts';
import { channelNames } from './channel-names.ts';
import { othersOf } from './circle.ts';
import type { Effect } from './commit-turn.ts';
import { forgetInvitations, forgetUnfinished } from './participations.ts';
import { sayAlone } from './say.ts';
import { listenerOf, type Situation } from './situation.ts';
import type { World } from './world.ts';

/** Undefined where nothing is linked: then the ordinary words are true. */
export function wordsOnStop(
  world: World,
  situation: Situation,
  others: readonly Linked[],
): readonly Prompt[] | undefined {
  if (others.length === 0) return undefined;
  const listener = listenerOf(situation);
  const channels = channelNames(world.words, listener.language, others);
  return sayAlone(world.words, listener, 'stopped_linked', { channels });
}

/** On a page there is nothing to stop but the questions: nobody is written to there. */
export function stopEverywhere(world: World, { inbound, person }: Situation): readonly Effect[] {
  if (!mayBeContacted(inbound.channel)) return [];
  return [
    async (tx) => {
      await stop(world, tx, person.id);
      for (const { id } of await othersOf(tx, person)) {
        await forgetUnfinished(tx, world.keys, id);
        await stop(world, tx, id);
      }
    },
  ];
}

async function stop(world: World, tx: Queryable, personId: string): Promise<void> {
  await forgetInvitations(tx, personId);
  await world.contacts.stop(tx, personId, 'stop');
  await withdrawPlanned(tx, personId, STARTED_BY_US, 'opted-out');
}
