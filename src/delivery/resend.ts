/**
 * Sends again what its class promises to: a copy in a row of its own, because unknown never becomes
 * planned. A copy that has not left is taken back when its original turns out to have been accepted.
 */
import type { ChannelName } from '../channel.ts';
import type { Queryable } from '../platform/postgres.ts';

/**
 * A signpost goes again at once, five times in all; feedback once, half an hour later. Everything
 * else is at most once. On channels of `listed`, feedback first waits for a look at the provider's
 * own list, for two hours at most.
 */
export async function resendUnknown(
  tx: Queryable,
  channels: readonly ChannelName[],
  listed: readonly ChannelName[] = [],
): Promise<number> {
  const { rowCount } = await tx.query(
    `with due as (
       select id from delivery.outbox
       where state = 'unknown' and not resent and channel = any($1)
         and (body_ct is not null or content_id is not null)
         and (class = 'signpost' and attempts < 5
              or class = 'feedback' and resend_of is null
                 and attempted_at < clock_timestamp() - interval '30 minutes'
                 and (sought > 0 or channel <> all($2)
                      or attempted_at < clock_timestamp() - interval '2 hours'))
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
            broadcast_id, ordinal, hours, greatest(attempts, 1), coalesce(resend_of, id)
     from original order by id`,
    [channels, listed],
  );
  return rowCount ?? 0;
}

/** These originals were accepted after all. */
export async function spareCopies(db: Queryable, originals: readonly string[]): Promise<void> {
  if (originals.length === 0) return;
  await db.query(
    `with root as (
       select id, person_id, coalesce(resend_of, id) as first
       from delivery.outbox where id = any($1::bigint[])
     ),
     spared as (
       delete from delivery.outbox copy using root
       where copy.person_id = root.person_id and copy.resend_of = root.first and copy.id > root.id
         and copy.state in ('planned', 'claimed')
       returning root.id
     )
     update delivery.outbox o set resent = false from spared where o.id = spared.id`,
    [originals],
  );
}
