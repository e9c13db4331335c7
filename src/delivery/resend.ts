/**
 * Sends again what its class promises to: a copy in a row of its own, because unknown never becomes
 * planned. One row of a message counts for it, the newest; when an earlier one turns out to have been
 * accepted, that one counts, and a copy that has not left is taken back.
 */
import type { ChannelName } from '../channel.ts';
import type { Queryable } from '../platform/postgres.ts';

/**
 * How long an unknown signpost waits before it goes again, time after time: the first at once, the
 * others so far apart that neither an outage nor a worker that dies again and again uses them all up,
 * and that a report can still come first. So it goes five times at most.
 */
const SIGNPOST_WAITS = ['0', '2 minutes', '10 minutes', '30 minutes'] as const;

/**
 * Feedback goes again once, half an hour later, and not when its broadcast was cancelled; everything
 * else but signposts is at most once. On channels of `listed`, feedback first waits for a look at the
 * provider's own list, for two hours at most.
 */
export async function resendUnknown(
  tx: Queryable,
  channels: readonly ChannelName[],
  listed: readonly ChannelName[] = [],
): Promise<number> {
  const { rowCount } = await tx.query(
    `with due as (
       select id from delivery.outbox o
       where state = 'unknown' and not resent and channel = any($1)
         and (body_ct is not null or content_id is not null)
         and (class = 'signpost'
                 and attempted_at < clock_timestamp() - ($3::interval[])[1 + ${COPIES}]
              or class = 'feedback' and resend_of is null
                 and attempted_at < clock_timestamp() - interval '30 minutes'
                 and (sought > 0 or channel <> all($2)
                      or attempted_at < clock_timestamp() - interval '2 hours')
                 and not exists (select from delivery.broadcast b
                                 where b.id = o.broadcast_id and b.state = 'cancelled'))
       order by id for update skip locked
     ),
     original as (
       update delivery.outbox o set resent = true from due where o.id = due.id
       returning o.*
     )
     insert into delivery.outbox
       (person_id, channel, class, priority, state, parts, body_ct, key_day, content_id,
        broadcast_id, ordinal, hours, attempts, resend_of)
     select person_id, channel, class, priority, 'planned', parts, body_ct, key_day, content_id,
            broadcast_id, ordinal, hours, 1, coalesce(resend_of, id)
     from original order by id`,
    [channels, listed, SIGNPOST_WAITS],
  );
  return rowCount ?? 0;
}

/** How often a message has gone again; behind the last wait there is none, and so no further copy. */
const COPIES = `(select count(*) from delivery.outbox copy
                 where copy.resend_of = coalesce(o.resend_of, o.id))`;

/**
 * Signposts that have gone as often as they may, and of which nothing was heard for so long that
 * nothing will be: what they say is not kept any longer. Gives how many; each counts once.
 */
export async function endSignpostTries(
  tx: Queryable,
  channels: readonly ChannelName[],
): Promise<number> {
  const { rowCount } = await tx.query(
    `update delivery.outbox set body_ct = null, key_day = null
     where id in (
       select id from delivery.outbox o
       where state = 'unknown' and class = 'signpost' and not resent and channel = any($1)
         and body_ct is not null and ${COPIES} >= $2
         and attempted_at < clock_timestamp() - interval '35 minutes'
       order by id for update skip locked)`,
    [channels, SIGNPOST_WAITS.length],
  );
  return rowCount ?? 0;
}

/** These were accepted after all, though they had been sent again. */
export async function spareCopies(db: Queryable, originals: readonly string[]): Promise<void> {
  if (originals.length === 0) return;
  await db.query(
    `with original as (
       select id, coalesce(resend_of, id) as first
       from delivery.outbox where id = any($1::bigint[])
     ),
     counting as (
       select copy.id, copy.state, original.id as original
       from delivery.outbox copy join original on copy.resend_of = original.first
       where copy.id > original.id and not copy.resent and not copy.was_accepted
       for update of copy
     ),
     taken_back as (
       delete from delivery.outbox copy using counting c
       where copy.id = c.id and c.state in ('planned', 'claimed')
     ),
     passed_over as (
       update delivery.outbox copy set resent = true from counting c
       where copy.id = c.id and c.state not in ('planned', 'claimed')
     )
     update delivery.outbox o set resent = false from counting c where o.id = c.original`,
    [originals],
  );
}
