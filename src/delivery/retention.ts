/**
 * Deletes what is over: rows a week after their end, their exact numbers kept as totals; and bodies
 * that nobody will send again. A body is what ties the key of its day, so none may stay for long.
 */
import type { Queryable } from '../platform/postgres.ts';

/** Rows without a broadcast share one line of the totals. */
const NO_BROADCAST = '00000000-0000-0000-0000-000000000000';
const SLICE = 10_000;

/** Gives how many rows were deleted. Each slice is a statement of its own, counted as it goes. */
export async function deleteEnded(db: Queryable): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { rows } = await db.query<{ gone: string }>(DELETE_SLICE, [NO_BROADCAST, SLICE]);
    const gone = Number(rows[0]?.gone ?? 0);
    deleted += gone;
    if (gone < SLICE) return deleted;
  }
}

const DELETE_SLICE = `
  with old as (
    select id from delivery.outbox where ended_on < current_date - 7 order by id limit $2
    for update skip locked
  ),
  gone as (
    delete from delivery.outbox o using old where o.id = old.id
    returning coalesce(o.broadcast_id, $1) as broadcast_id, o.state, o.was_accepted, o.resent
  ),
  counted as (
    insert into delivery.total as t (broadcast_id, state, was_accepted, rows)
    select broadcast_id, state, was_accepted, count(*) from gone where not resent
    group by broadcast_id, state, was_accepted
    on conflict (broadcast_id, state, was_accepted) do update set rows = t.rows + excluded.rows
  )
  select count(*) as gone from gone`;

/** Bodies of attempts that stayed unknown, and of web replies, go after a day. */
export async function clearOldBodies(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.outbox set body_ct = null, key_day = null
     where body_ct is not null and ended_on < current_date`,
  );
  return rowCount ?? 0;
}

/** The days whose keys an outbox row still needs, as ISO dates. */
export async function outboxKeyDays(db: Queryable): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ day: string }>(
    'select distinct key_day::text as day from delivery.outbox where key_day is not null',
  );
  return new Set(rows.map((row) => row.day));
}
