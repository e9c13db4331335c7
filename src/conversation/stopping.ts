/**
 * What STOP says and does where a person has linked channels: it stops the one it was said on, says
 * which of the others may still be written to, and offers to stop them all. Without a link it knows
 * of no other channel, and says nothing about any.
 */
import { STARTED_BY_US } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import type { Prompt } from '../flow/prompt.ts';
import { channelNames } from './channel-names.ts';
import { othersOf } from './circle.ts';
import type { Effect } from './commit-turn.ts';
import { forgetInvitations, forgetUnfinished } from './participations.ts';
import { say, statement } from './say.ts';
import { listenerOf, type Situation } from './situation.ts';
import type { World } from './world.ts';

/** Undefined where the ordinary words are true. `asked`: they said STOP ALL. */
export async function wordsOnStop(
  world: World,
  situation: Situation,
  asked: boolean,
): Promise<readonly Prompt[] | undefined> {
  const listener = listenerOf(situation);
  const others = await othersOf(world.pool, situation.person);
  const stillOn = others.filter(({ stopped }) => !stopped);
  const { language } = listener;
  const only = (name: string, values?: Record<string, string>): Prompt =>
    statement(say(world.words, listener, name, values), language);
  if (asked) return [only(others.length > 0 ? 'stopped_everywhere' : 'stopped_only_here')];
  if (stillOn.length === 0) return undefined;
  const channels = channelNames(world.words, language, stillOn);
  const label = world.words.say('label_stop_all', language);
  return [{ ...only('stopped_here', { channels }), keys: [{ command: 'stop-all', label }] }];
}

/**
 * A STOP that the carrier answered itself leaves us no way to say what it means for the others, or
 * to offer anything: then it holds for all of them.
 */
export function stopsEverywhere({ inbound }: Situation, asked: boolean): boolean {
  return asked || inbound.event.kind === 'handled-by-provider';
}

export function stopThisOne(world: World, personId: string): Effect {
  return async (tx) => {
    await world.contacts.stop(tx, personId, 'stop');
    await withdrawPlanned(tx, personId, STARTED_BY_US, 'opted-out');
  };
}

/** The others too, with what is half done there. */
export function stopTheOthers(world: World, { person }: Situation): Effect {
  return async (tx) => {
    for (const { id } of await othersOf(tx, person)) {
      await forgetUnfinished(tx, id);
      await forgetInvitations(tx, id);
      await stopThisOne(world, id)(tx);
    }
  };
}
