/** "Did we get it right? 1 to 5", answered: the score is sealed and counted later, among others. */
import { countScores, keepSealedScore, ratingDue, scoreIn } from '../feedback/rating.ts';
import { transaction } from '../platform/postgres.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { openForDay, sealForDay } from './day-seal.ts';
import { sayAlone } from './say.ts';
import { listenerOf, type Situation } from './situation.ts';
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
  const { sealed, keyDay } = await sealForDay(
    world.keys,
    world.ambient.now(),
    String(score),
    SCORE,
  );
  return {
    personId: person.id,
    change: { kind: 'none' },
    say: sayAlone(world.words, listenerOf(situation), 'rating_thanks'),
    class: 'reply',
    effects: [
      async (tx) => {
        await keepSealedScore(tx, person.id, { score: sealed, keyDay });
      },
    ],
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
