/**
 * What STOP says and does: nothing more from us, on any channel that the person has linked, and what
 * is half done there goes. It says which they are; without a link it knows of no other channel, and
 * must never claim anything about one. A carrier that refuses our texts has heard the same STOP.
 */
import type { ChannelName } from '../channel.ts';
import { STARTED_BY_US } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { Prompt } from '../flow/prompt.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import type { Linked } from '../privacy/links.ts';
import { channelNames } from './channel-names.ts';
import { circleOf, type MaybeLinked } from './circle.ts';
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
  return mayBeContacted(inbound.channel) ? [(tx) => stopAll(world, tx, person, 'stop')] : [];
}

/**
 * The provider says that this person wants no more. By text they said STOP, to a carrier that may not
 * have handed it on, so all of it is done, without a word: nothing can be sent. A Discord account that
 * takes no direct messages, or Teams without the app, says nothing about anything else.
 */
export function onProviderOptOut(
  world: World,
  channel: ChannelName,
): (personId: string) => Promise<void> {
  return channel === 'sms'
    ? (id) => transaction(world.pool, (tx) => stopAll(world, tx, { id, links: true }, 'carrier'))
    : (id) => world.contacts.stop(world.pool, id, 'carrier');
}

async function stopAll(
  world: World,
  tx: Queryable,
  person: MaybeLinked,
  source: string,
): Promise<void> {
  for (const id of await circleOf(tx, person)) {
    await forgetUnfinished(tx, world.keys, id);
    await forgetInvitations(tx, id);
    await world.contacts.stop(tx, id, source);
    await withdrawPlanned(tx, id, STARTED_BY_US, 'opted-out');
  }
}
