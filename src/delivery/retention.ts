/**
 * Deletes what is over: rows a week after their end, their exact numbers kept as totals; and bodies
 * that nobody will send again. A body is what ties the key of its day, so none may stay for long.
 */
import { type LeftRow, leftOf, type Store } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';
import { DAY_OF_BROADCAST, expireBroadcasts, WAITS_DAYS } from './broadcasts.ts';
import { deleteOldContacts } from './contact-cap.ts';

/** Rows without a broadcast share one line of the totals. */
const NO_BROADCAST = '00000000-0000-0000-0000-000000000000';
const SLICE = 10_000;

/** How long something may wait before somebody is told, and before it is not sent any more. */
const TOLD_AFTER_DAYS = 14;

/** A paused broadcast, or a channel that was turned off, would keep its list of people for ever. */
export function keepWaiting(db: Queryable): Store {
  return {
    store: 'messages that wait to be sent',
    rule: `${WAITS_DAYS} days after their broadcast was planned or scheduled for; others 7 days`,
    tables: ['delivery.outbox', 'delivery.broadcast'],
    keep: async () => {
      const deleted = (await expireBroadcasts(db)) + (await endForgotten(db));
      const { rows } = await db.query<LeftRow & { readonly late: number }>(
        `select count(*)::int as left,
                min(least(coalesce(${DAY_OF_BROADCAST}, o.key_day), current_date))::text as oldest,
                (count(*) filter (
                  where ${DAY_OF_BROADCAST} < current_date - $1::integer))::int as late
         from delivery.outbox o left join delivery.broadcast b on b.id = o.broadcast_id
         where o.state = 'planned'`,
        [TOLD_AFTER_DAYS],
      );
      const late = rows[0]?.late ?? 0;
      return {
        deleted,
        ...leftOf(rows[0]),
        ...(late > 0
          ? { alert: `${late} have waited for more than ${TOLD_AFTER_DAYS} days: heard status` }
          : {}),
      };
    },
  };
}

export function keepOutbox(db: Queryable): Store {
  return {
    store: 'messages that were sent or ended',
    rule: '7 days after their end, then only totals',
    tables: ['delivery.outbox'],
    keep: async () => {
      const deleted = await deleteEnded(db);
      const { rows } = await db.query<LeftRow>(
        `select count(*)::int as left, min(ended_on)::text as oldest
         from delivery.outbox where ended_on is not null`,
      );
      return { deleted, ...leftOf(rows[0]) };
    },
  };
}

export function keepBodies(db: Queryable): Store {
  return {
    store: 'words of messages, sealed',
    rule: 'until accepted; a day if unknown or shown on the web; 7 days if never sent',
    tables: ['delivery.outbox'],
    keep: async () => {
      const deleted = await clearOldBodies(db);
      const { rows } = await db.query<LeftRow>(
        `select count(*)::int as left, min(key_day)::text as oldest
         from delivery.outbox where body_ct is not null`,
      );
      return { deleted, ...leftOf(rows[0]) };
    },
  };
}

export function keepContents(db: Queryable): Store {
  return {
    store: 'texts of broadcasts',
    rule: 'while messages carry them, and a week',
    tables: ['delivery.content'],
    keep: async () => {
      const { rowCount } = await db.query(
        `delete from delivery.content c
         where c.saved_on < current_date - 7
           and not exists (select from delivery.outbox o where o.content_id = c.id)`,
      );
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(saved_on)::text as oldest from delivery.content',
      );
      return { deleted: rowCount ?? 0, ...leftOf(rows[0]) };
    },
  };
}

/** What the cap on how often somebody is written to first must remember. */
export function keepContactDays(db: Queryable): Store {
  return {
    store: 'days on which somebody was written to',
    rule: '30 days: the cap on how often counts them',
    tables: ['delivery.contact'],
    keep: async () => {
      const deleted = await deleteOldContacts(db);
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(day)::text as oldest from delivery.contact',
      );
      return { deleted, ...leftOf(rows[0]) };
    },
  };
}

/** Deleted every ten minutes (copies.ts); what is left here waits for the provider. */
export function keepCopies(db: Queryable): Store {
  return {
    store: 'copies at the provider, to be deleted',
    rule: 'until the provider has deleted them: a day at most',
    tables: ['delivery.provider_copy'],
    keep: async () => {
      const { rows } = await db.query<LeftRow & { readonly overdue: number }>(
        `select count(*)::int as left, min(noted_on)::text as oldest,
                (count(*) filter (where noted_on < current_date - 1))::int as overdue
         from delivery.provider_copy`,
      );
      const overdue = rows[0]?.overdue ?? 0;
      return {
        deleted: 0,
        ...leftOf(rows[0]),
        ...(overdue > 0 ? { alert: `${overdue} have waited for more than a day` } : {}),
      };
    },
  };
}

/** Sums by broadcast, by month and by day of trial mode, and the rate of each sender. */
export function keepTotals(db: Queryable): Store {
  return {
    store: 'broadcasts, and sums sent and spent',
    rule: 'sums only: what was sent must add up, also in the next financial year',
    forGood: true,
    tables: [
      'delivery.broadcast',
      'delivery.total',
      'delivery.spent',
      'delivery.trial_day',
      'delivery.bucket',
    ],
    keep: async () => {
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(planned_on)::text as oldest from delivery.broadcast',
      );
      return { deleted: 0, ...leftOf(rows[0]) };
    },
  };
}

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
    returning coalesce(o.broadcast_id, $1) as broadcast_id, o.state, o.was_accepted, o.resent,
              case when o.state = 'refused' then coalesce(o.reason, '') else '' end as reason
  ),
  counted as (
    insert into delivery.total as t (broadcast_id, state, was_accepted, reason, rows)
    select broadcast_id, state, was_accepted, reason, count(*) from gone where not resent
    group by broadcast_id, state, was_accepted, reason
    on conflict (broadcast_id, state, was_accepted, reason) do update set rows = t.rows + excluded.rows
  )
  select count(*) as gone from gone`;

/** A message of its own that never left in a week has nothing to say any more. */
async function endForgotten(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.outbox
     set state = 'refused', reason = 'expired', body_ct = null, key_day = null,
         ended_on = current_date
     where state = 'planned' and body_ct is not null and key_day < current_date - 7`,
  );
  return rowCount ?? 0;
}

/**
 * Bodies of attempts that stayed unknown, and of web replies, go after a day. What was attempted a
 * few hours ago, before midnight, may still be looked for at the provider.
 */
export async function clearOldBodies(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.outbox set body_ct = null, key_day = null
     where body_ct is not null and ended_on < current_date
       and (attempted_at is null or attempted_at < clock_timestamp() - interval '3 hours')`,
  );
  return rowCount ?? 0;
}

/** Who of these has a message that may still go: it needs their address. */
export async function withUnfinished(
  db: Queryable,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ person_id: string }>(
    `select distinct person_id from delivery.outbox
     where person_id = any($1::uuid[]) and state in ('planned', 'claimed', 'attempting')`,
    [personIds],
  );
  return new Set(rows.map((row) => row.person_id));
}

/** The days whose keys an outbox row still needs, as ISO dates. */
export async function outboxKeyDays(db: Queryable): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ day: string }>(
    'select distinct key_day::text as day from delivery.outbox where key_day is not null',
  );
  return new Set(rows.map((row) => row.day));
}
