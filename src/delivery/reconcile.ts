/**
 * Puts right what a worker left behind: leases that ran out, attempts whose fate nobody knows, and
 * what its class promises to send again. Every part is idempotent and safe on any number of nodes.
 */
import type { Pool } from 'pg';
import type { ChannelName } from '../channel.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { MOST_TRIES } from './classes.ts';
import { withholdFollowUps } from './follow-ups.ts';
import { endSignpostTries, resendUnknown } from './resend.ts';

export interface Reconciled {
  /** Claimed by a worker that died, and free again. */
  readonly freed: number;
  /** Claimed again and again by workers that died: set aside as failed. Worth an alert. */
  readonly setAside: number;
  readonly unknown: number;
  readonly resent: number;
  /** Signposts that went as often as they may, and nobody knows whether one arrived. Worth an alert. */
  readonly signpostsInDoubt: number;
}

/**
 * Every minute. `channels` are those that can begin by themselves: not the web; `listed` those whose
 * provider is asked about unknown attempts before anything goes again (seek.ts).
 */
export function reconcile(
  pool: Pool,
  channels: readonly ChannelName[],
  listed: readonly ChannelName[] = [],
): Promise<Reconciled> {
  return transaction(pool, async (tx) => {
    const claims = await freeClaims(tx);
    const unknown = (await giveUpAttempts(tx)) + (await giveUpSignposts(tx, channels));
    const resent = await resendUnknown(tx, channels, listed);
    return { ...claims, unknown, resent, signpostsInDoubt: await endSignpostTries(tx, channels) };
  });
}

async function freeClaims(tx: Queryable): Promise<{ freed: number; setAside: number }> {
  const { rows } = await tx.query<{ id: string; state: string }>(
    `update delivery.outbox o
     set state = case when o.attempts + 1 >= $1 then 'failed' else 'planned' end,
         reason = case when o.attempts + 1 >= $1 then 'set-aside' else o.reason end,
         body_ct = case when o.attempts + 1 >= $1 then null else o.body_ct end,
         key_day = case when o.attempts + 1 >= $1 then null else o.key_day end,
         ended_on = case when o.attempts + 1 >= $1 then current_date end,
         attempts = o.attempts + 1, worker = null, lease_until = null
     from (select id from delivery.outbox
           where state = 'claimed' and lease_until < clock_timestamp()
           order by id for update skip locked) as lost
     where o.id = lost.id
     returning o.id, o.state`,
    [MOST_TRIES],
  );
  const failed = rows.filter((row) => row.state === 'failed').map((row) => row.id);
  await withholdFollowUps(tx, failed);
  return { freed: rows.length - failed.length, setAside: failed.length };
}

/** The worker died between the nonce and the answer: the provider may have the message. */
async function giveUpAttempts(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.query(
    `update delivery.outbox o
     set state = 'unknown', reason = 'worker-lost', worker = null, lease_until = null,
         ended_on = current_date
     from (select id from delivery.outbox
           where state = 'attempting' and lease_until < clock_timestamp()
           order by id for update skip locked) as lost
     where o.id = lost.id`,
  );
  return rowCount ?? 0;
}

/** A signpost on a webhook that never got out, and that no repeated webhook came to fetch. */
async function giveUpSignposts(tx: Queryable, channels: readonly ChannelName[]): Promise<number> {
  const { rowCount } = await tx.query(
    `update delivery.outbox o
     set state = 'unknown', reason = 'not-confirmed', ended_on = current_date
     from (select id from delivery.outbox
           where class = 'signpost' and state = 'attempting' and lease_until is null
             and channel = any($1) and attempted_at < clock_timestamp() - interval '1 minute'
           order by id for update skip locked) as lost
     where o.id = lost.id`,
    [channels],
  );
  return rowCount ?? 0;
}

/** Hourly: replies on a webhook that nobody confirmed for a day are unknown for good. */
export async function giveUpReplies(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.outbox set state = 'unknown', reason = 'not-confirmed', ended_on = current_date
     where state = 'attempting' and lease_until is null
       and attempted_at < clock_timestamp() - interval '1 day'`,
  );
  return rowCount ?? 0;
}
