/**
 * Plans a broadcast: a frozen list, one row for each person and place in the sequence, written by
 * one statement whatever its length. Planning it twice plans it once: whoever writes the broadcast's
 * own row also writes its list, in the same transaction.
 */
import { plannedInSets, type Queryable } from '../platform/postgres.ts';
import { priorityOf } from './classes.ts';
import type { Hours } from './hours.ts';

export type BroadcastClass = 'invitation' | 'feedback';

export interface NewBroadcast {
  readonly id: string;
  readonly class: BroadcastClass;
  readonly consultationId: string;
  readonly hours: Hours;
  /** Undefined: as soon as the hours let it. */
  readonly notBefore?: Date;
}

/** What the people of one wording get, in order, from `saveContent`. */
export interface Wording {
  readonly wording: string;
  readonly contentIds: readonly string[];
}

/** Reads `pg_temp.recipient` (recipients.ts). Gives how many rows were new. */
export async function planBroadcast(
  tx: Queryable,
  one: NewBroadcast,
  wordings: readonly Wording[],
): Promise<number> {
  await plannedInSets(tx);
  const { rowCount: isNew } = await tx.query(
    `insert into delivery.broadcast (id, class, priority, consultation_id, hours, not_before)
     values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, '-infinity')) on conflict do nothing`,
    [
      one.id,
      one.class,
      priorityOf(one.class),
      one.consultationId,
      one.hours,
      one.notBefore ?? null,
    ],
  );
  if (isNew === 0) return 0;
  const sequence = wordings.flatMap(({ wording, contentIds }) =>
    contentIds.map((contentId, ordinal) => ({ wording, contentId, ordinal })),
  );
  const { rowCount } = await tx.query(PLAN, [
    one.id,
    sequence.map((place) => place.wording),
    sequence.map((place) => place.contentId),
    sequence.map((place) => place.ordinal),
  ]);
  return rowCount ?? 0;
}

/**
 * In the order of the opaque ids: each person's messages stay together, the indexes grow at one end,
 * and whoever is on the list twice is seen to be, and written to once.
 */
const PLAN = `
  insert into delivery.outbox
    (person_id, channel, class, priority, state, hours, parts, content_id, broadcast_id, ordinal)
  select distinct on (r.person_id, w.ordinal)
         r.person_id, r.channel, b.class, b.priority, 'planned', b.hours, c.parts, c.id, b.id,
         w.ordinal
  from pg_temp.recipient r
  join unnest($2::text[], $3::uuid[], $4::smallint[]) as w (wording, content_id, ordinal)
    using (wording)
  join delivery.content c on c.id = w.content_id
  join delivery.broadcast b on b.id = $1
  where r.reachable
  order by r.person_id, w.ordinal, r.wording`;
