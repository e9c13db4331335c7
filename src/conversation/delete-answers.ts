/**
 * DELETE: takes answers back for as long as that is possible. What is under way is dropped with its
 * conversation; what was finished is taken out of the pool until it is released. Afterwards nobody
 * can find it, and the reply says so.
 */
import { consultationById } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { withdraw } from '../privacy/pool.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { forgetJoined, participationsOf } from './participations.ts';
import type { Situation } from './situation.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

export async function deleteAnswers(world: World, situation: Situation): Promise<DecidedTurn> {
  const { conversation, person } = situation;
  if (conversation) {
    const { id, revision, consultationId, state } = conversation;
    return {
      personId: person.id,
      change: { kind: 'end', id, revision },
      say: [statement(world.words.say('delete_unfinished', state.language), state.language)],
      class: 'reply',
      effects: [(tx) => forgetJoined(tx, person.id, consultationId)],
    };
  }
  const language = person.language ?? 'en';
  const text = await takeBackLatest(world, person.id, language);
  return {
    personId: person.id,
    change: { kind: 'none' },
    say: [statement(text, language)],
    class: 'reply',
    effects: [],
  };
}

/**
 * The latest finished answers that still wait. It is done before the reply is written: taking back
 * twice does no harm, and a reply that says "deleted" must never come first.
 */
async function takeBackLatest(world: World, personId: string, language: string): Promise<string> {
  const all = await participationsOf(world.pool, personId);
  const finished = all.filter((one) => one.state === 'done');
  for (const { consultationId } of finished) {
    const taken = await withdraw(world.pool, world.keys, {
      consultation: consultationId,
      person: personId,
    });
    if (taken === 'withdrawn') {
      const name = await nameOf(world, consultationId, language);
      return world.words.say('delete_done', language, { name });
    }
  }
  return world.words.say(finished.length > 0 ? 'delete_too_late' : 'delete_nothing', language);
}

async function nameOf(world: World, consultationId: string, language: string): Promise<string> {
  const consultation = await consultationById(world.pool, consultationId);
  if (!consultation) return '';
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  return textIn(flow.quietName, language);
}
