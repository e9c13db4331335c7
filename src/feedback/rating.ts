/**
 * "Did we get it right? 1 to 5": a counter of the broadcast. A score waits sealed beside the person
 * who gave it until a sweep adds many to the counters in one transaction; counting each as it came
 * would tie every score to its person by the transaction that both rows carry.
 */
import type { Queryable } from '../platform/postgres.ts';

export type Score = 1 | 2 | 3 | 4 | 5;

/** Fewer than this many scores wait for more, unless `all` is asked for. */
const ENOUGH_TO_COUNT = 5;

/**
 * Asks everyone on the list of a broadcast (`pg_temp.recipient`). Several broadcasts may be out; the
 * newest is the one that a score is about.
 */
export async function expectRatings(tx: Queryable, broadcastId: string): Promise<void> {
  await tx.query(
    `insert into feedback.rating_due (person_id, broadcast_id)
     select r.person_id, $1 from pg_temp.recipient r order by r.person_id
     on conflict (person_id) do update
       set broadcast_id = excluded.broadcast_id, score_ct = null, key_day = null`,
    [broadcastId],
  );
}

/** True where this person was asked and has not said yet. */
export async function ratingDue(tx: Queryable, personId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from feedback.rating_due where person_id = $1 and score_ct is null',
    [personId],
  );
  return rowCount === 1;
}

export async function keepSealedScore(
  tx: Queryable,
  personId: string,
  sealed: { readonly score: Uint8Array; readonly keyDay: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update feedback.rating_due set score_ct = $2, key_day = $3
     where person_id = $1 and score_ct is null`,
    [personId, sealed.score, sealed.keyDay],
  );
  return rowCount === 1;
}

/** Whether they said it or not: they are forgotten. */
export async function forgetRatings(tx: Queryable, personIds: readonly string[]): Promise<void> {
  await tx.query('delete from feedback.rating_due where person_id = any($1::uuid[])', [personIds]);
}

export type OpenScore = (sealed: Uint8Array, keyDay: string) => Promise<number | undefined>;

/** Adds the waiting scores to their counters, all in the transaction that the caller holds. */
export async function countScores(tx: Queryable, open: OpenScore): Promise<number> {
  const { rows } = await tx.query<{ broadcast_id: string; score_ct: Buffer; key_day: string }>(
    `with ready as (
       select broadcast_id from feedback.rating_due where score_ct is not null
       group by broadcast_id having count(*) >= $1
     )
     delete from feedback.rating_due
     where score_ct is not null and broadcast_id in (select broadcast_id from ready)
     returning broadcast_id, score_ct, key_day::text as key_day`,
    [ENOUGH_TO_COUNT],
  );
  const counts = new Map<string, number>();
  for (const row of rows) {
    const score = await open(row.score_ct, row.key_day);
    if (score === undefined || score < 1 || score > 5) continue;
    const counter = `${row.broadcast_id} ${score}`;
    counts.set(counter, (counts.get(counter) ?? 0) + 1);
  }
  for (const [counter, count] of counts) {
    const [broadcastId, score] = counter.split(' ');
    await tx.query(
      `insert into feedback.rating (broadcast_id, score, count) values ($1, $2, $3)
       on conflict (broadcast_id, score) do update
         set count = feedback.rating.count + excluded.count`,
      [broadcastId, Number(score), count],
    );
  }
  return rows.length;
}

/** The days whose keys waiting scores still need. */
export async function daysOfScores(tx: Queryable): Promise<readonly string[]> {
  const { rows } = await tx.query<{ day: string }>(
    'select distinct key_day::text as day from feedback.rating_due where key_day is not null',
  );
  return rows.map((row) => row.day);
}

/** The score that a text gives, if it is one: a digit from 1 to 5 and nothing else. */
export function scoreIn(folded: string): Score | undefined {
  switch (folded) {
    case '1':
      return 1;
    case '2':
      return 2;
    case '3':
      return 3;
    case '4':
      return 4;
    case '5':
      return 5;
    default:
      return undefined;
  }
}
