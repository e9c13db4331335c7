/**
 * DELETE: takes answers back for as long as that is possible. What is under way is dropped with its
 * conversation; what was finished is taken out of the pool until it is released. Afterwards nobody
 * can find it, and the reply says so.
 */
import { consultationById } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { noteDropped } from '../privacy/erasures.ts';
import { withdraw } from '../privacy/pool.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { forgetJoined, participationsOf } from './participations.ts';
import { type Listener, say, sayAlone, statement } from './say.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

export async function deleteAnswers(world: World, situation: Situation): Promise<DecidedTurn> {
  const { conversation, person } = situation;
  if (conversation) {
    const { id, revision, consultationId } = conversation;
    return {
      personId: person.id,
      change: { kind: 'end', id, revision },
      say: sayAlone(world.words, listenerOf(situation), 'delete_unfinished'),
      class: 'reply',
      effects: [
        async (tx) => {
          await noteDropped(tx, world.keys, id);
          await forgetJoined(tx, person.id, consultationId);
        },
      ],
    };
  }
  const listener = listenerOf(situation);
  const text = await takeBackLatest(world, person.id, listener);
  return onlySay(situation, [statement(text, listener.language)]);
}

/**
 * The latest finished answers that still wait. It is done before the reply is written: taking back
 * twice does no harm, and a reply that says "deleted" must never come first.
 */
async function takeBackLatest(world: World, personId: string, listener: Listener): Promise<string> {
  const all = await participationsOf(world.pool, personId);
  const finished = all.filter((one) => one.state === 'done');
  for (const { consultationId } of finished) {
    const taken = await withdraw(world.pool, world.keys, {
      consultation: consultationId,
      person: personId,
    });
    if (taken === 'withdrawn') {
      const name = await nameOf(world, consultationId, listener.language);
      return say(world.words, listener, 'delete_done', { name });
    }
  }
  return say(world.words, listener, finished.length > 0 ? 'delete_too_late' : 'delete_nothing');
}

async function nameOf(world: World, consultationId: string, language: string): Promise<string> {
  const consultation = await consultationById(world.pool, consultationId);
  if (!consultation) return '';
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  return textIn(flow.quietName, language);
}
