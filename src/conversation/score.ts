/** "Did we get it right? 1 to 5", answered: the score is sealed and counted later, among others. */
import {
  countScores,
  keepSealedScore,
  ratingDue,
  type Score,
  scoreIn,
} from '../feedback/rating.ts';
import { transaction } from '../platform/postgres.ts';
import { answerAside } from './answer-aside.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { openForDay, sealForDay } from './day-seal.ts';
import { RATING } from './rating-prompt.ts';
import { sayAlone } from './say.ts';
import { listenerOf, onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

/** Undefined when the text is no score, or nobody asked this person for one. */
export async function scoreTurn(
  world: World,
  situation: Situation,
  folded: string,
): Promise<DecidedTurn | undefined> {
  const { person } = situation;
  const score = scoreIn(folded);
  if (score === undefined || !(await ratingDue(world.pool, person.id))) return undefined;
  return {
    ...onlySay(situation, sayAlone(world.words, listenerOf(situation), 'rating_thanks')),
    effects: [await keepScore(world, person.id, score)],
  };
}

/**
 * The button of a score: also in the middle of other questions, which then come again. Pressed
 * twice, it is thanked for twice and counted once. Undefined where it is another button.
 */
export async function scoreTap(
  world: World,
  situation: Situation,
): Promise<DecidedTurn | undefined> {
  const { inbound, person } = situation;
  if (inbound.event.kind !== 'choice' || inbound.event.step !== RATING) return undefined;
  const score = scoreIn(inbound.event.options[0] ?? '');
  const isDue = score !== undefined && (await ratingDue(world.pool, person.id));
  const effects = isDue ? [await keepScore(world, person.id, score)] : [];
  const thanks = sayAlone(world.words, listenerOf(situation), 'rating_thanks');
  return answerAside(world, situation, thanks, effects);
}

async function keepScore(world: World, personId: string, score: Score): Promise<Effect> {
  const { sealed, keyDay } = await sealForDay(
    world.keys,
    world.ambient.now(),
    String(score),
    SCORE,
  );
  return async (tx) => {
    await keepSealedScore(tx, personId, { score: sealed, keyDay });
  };
}

const SCORE = Buffer.from('score', 'latin1');

/** Adds the scores that wait to their counters, many in one transaction. */
export function countRatings(world: World): Promise<number> {
  return transaction(world.pool, (tx) =>
    countScores(tx, (sealed, keyDay) => openScore(world, sealed, keyDay)),
  );
}

async function openScore(
  world: World,
  sealed: Uint8Array,
  keyDay: string,
): Promise<number | undefined> {
  const text = await openForDay(world.keys, { sealed, keyDay }, SCORE);
  return text === undefined ? undefined : Number(text);
}
