/**
 * The same words to the same person, again, are a slip: an impatient second press, or a consultation
 * that was closed and launched anew. Who has had them, or may have, or is about to, is taken off the
 * list of a broadcast. It must never take off anybody whom they did not reach: what was cancelled,
 * refused or failed has told nobody.
 */
import type { Queryable } from '../platform/postgres.ts';
import type { BroadcastClass } from './plan-broadcast.ts';

/** What the people of one wording would get. */
export interface Words {
  readonly wording: string;
  readonly text: string;
}

/** The broadcasts that count as earlier ones. */
export interface Earlier {
  readonly class: BroadcastClass;
  readonly consultationIds: readonly string[];
}

/** A text of before that says the same as a wording of now. */
export interface SameWords {
  readonly wording: string;
  readonly contentId: string;
}

/** Asked before the texts of now are saved: they would be found. */
export async function sameWords(
  db: Queryable,
  words: readonly Words[],
): Promise<readonly SameWords[]> {
  const { rows } = await db.query<SameWords>(
    `select w.wording, c.id as "contentId"
     from unnest($1::text[], $2::text[]) as w (wording, said)
     join delivery.content c on c.prompts #>> '{0,text}' = w.said`,
    [words.map((one) => one.wording), words.map((one) => one.text)],
  );
  return rows;
}

const HAD = `
  select distinct o.person_id, s.wording
  from unnest($1::text[], $2::uuid[]) as s (wording, content_id)
  join delivery.outbox o on o.content_id = s.content_id
  join delivery.broadcast b on b.id = o.broadcast_id
  where o.class = $3 and b.consultation_id = any($4::uuid[])
    -- what was taken back after a restore may have left before it
    and (o.was_accepted or o.state not in ('refused', 'failed') or o.reason = 'restored')`;

/**
 * Takes them off `pg_temp.recipient`; says how many of each wording would else have been written to.
 * `addOthers` may add to `pg_temp.had (person_id, wording)` who is the same person elsewhere.
 */
export async function takeOffWhoHad(
  tx: Queryable,
  same: readonly SameWords[],
  earlier: Earlier,
  addOthers: (tx: Queryable) => Promise<void>,
): Promise<ReadonlyMap<string, number>> {
  if (same.length === 0) return new Map();
  await tx.query('create temporary table had (person_id uuid, wording text) on commit drop');
  await tx.query(`insert into pg_temp.had ${HAD}`, valuesOf(same, earlier));
  await addOthers(tx);
  const { rows } = await tx.query<{ wording: string; people: number }>(
    `with off as (
       delete from pg_temp.recipient r using pg_temp.had h
       where r.person_id = h.person_id and r.wording = h.wording
       returning r.wording, r.reachable
     )
     select wording, (count(*) filter (where reachable))::int as people from off group by 1`,
  );
  return new Map(rows.map(({ wording, people }) => [wording, people]));
}

/** Of a few people: which wordings each has had. */
export async function whoHad(
  db: Queryable,
  same: readonly SameWords[],
  earlier: Earlier,
  personIds: readonly string[],
): Promise<(personId: string, wording: string) => boolean> {
  if (same.length === 0) return () => false;
  const { rows } = await db.query<{ person_id: string; wording: string }>(
    `${HAD} and o.person_id = any($5::uuid[])`,
    [...valuesOf(same, earlier), personIds],
  );
  const had = new Set(rows.map((row) => `${row.person_id} ${row.wording}`));
  return (personId, wording) => had.has(`${personId} ${wording}`);
}

function valuesOf(same: readonly SameWords[], earlier: Earlier): unknown[] {
  return [
    same.map((one) => one.wording),
    same.map((one) => one.contentId),
    earlier.class,
    earlier.consultationIds,
  ];
}

/** Broadcasts that reached people of whom nothing is kept any more (retention.ts). */
export async function reachedLongAgo(
  db: Queryable,
  earlier: Earlier,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select distinct b.id from delivery.broadcast b join delivery.total t on t.broadcast_id = b.id
     where b.class = $1 and b.consultation_id = any($2::uuid[])
       and (t.was_accepted or t.state = 'unknown')`,
    [earlier.class, earlier.consultationIds],
  );
  return new Set(rows.map((row) => row.id));
}
