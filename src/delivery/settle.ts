/**
 * Records what became of attempts. A row only moves forward: an answer that arrives after a status
 * callback, or after the sweep gave the attempt up, never moves it back. The one way back, from
 * `attempting` to `planned`, needs proof that nothing left: a 429, or a provider never reached.
 */
import type { Pool } from 'pg';
import type { SendOutcome } from '../channel.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { MOST_TRIES } from './classes.ts';
import { withholdFollowUps } from './follow-ups.ts';
import { spareCopies } from './resend.ts';

export interface Settlement {
  readonly id: string;
  readonly nonce: string;
  readonly attempts: number;
  readonly outcome: SendOutcome;
}

/** It never left, and nobody is to blame: it waits on in its place, its tries as they were. */
export const PUT_BACK = { kind: 'throttled', retryAfterMs: 0 } as const satisfies SendOutcome;

export async function settle(pool: Pool, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const changes = settlements.map(changeOf);
  const ended = settlements.filter((_, at) => NOT_SENT.has(changes[at]?.state ?? ''));
  // Together, so that what comes behind cannot be claimed in between.
  await transaction(pool, async (tx) => {
    await spareCopies(tx, await write(tx, settlements, changes));
    await withholdFollowUps(
      tx,
      ended.map(({ id }) => id),
    );
  });
}

const NOT_SENT: ReadonlySet<string> = new Set(['refused', 'failed']);

/** Gives those that were accepted after they had been sent again. */
async function write(
  tx: Queryable,
  settlements: readonly Settlement[],
  changes: readonly Change[],
): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'outbox-settle',
    text: SETTLE,
    values: [
      settlements.map(({ id }) => id),
      settlements.map(({ nonce }) => nonce),
      changes.map(({ state }) => state),
      changes.map(({ reason }) => reason ?? null),
      changes.map(({ providerId }) => providerId ?? null),
      changes.map(({ delayMs }) => delayMs ?? 0),
      changes.map(({ uncounted }) => uncounted === true),
    ],
  });
  return rows.map((row) => row.id);
}

/**
 * An accepted answer may find the row sent or delivered already: then only the id is new. What
 * settles for good clears the body; what is unknown keeps it, for the classes that send it again.
 * "is true" keeps the row's id the only way to it: the planner would rather read every nonce there is.
 */
const SETTLE = `
  with settled as (
    update delivery.outbox o
    set state = case when o.state in ('attempting', 'unknown') then r.state else o.state end,
        was_accepted = o.was_accepted or r.state = 'accepted',
        provider_id = coalesce(o.provider_id, r.provider_id),
        reason = case when r.state = 'accepted' then o.reason else r.reason end,
        nonce = case when r.state = 'planned' then null else o.nonce end,
        attempted_at = case when r.state = 'planned' then null else o.attempted_at end,
        attempts = case when r.uncounted then o.attempts - 1 else o.attempts end,
        not_before = case when r.state = 'planned'
          then clock_timestamp() + r.delay_ms * interval '1 millisecond' else o.not_before end,
        body_ct = case when r.state in ('planned', 'unknown') then o.body_ct end,
        key_day = case when r.state in ('planned', 'unknown') then o.key_day end,
        lease_until = null,
        worker = null,
        ended_on = case when r.state = 'planned' then null else current_date end
    from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::integer[],
                $7::boolean[]) as r (id, nonce, state, reason, provider_id, delay_ms, uncounted)
    where o.id = r.id and (o.nonce = r.nonce) is true
      and case r.state
        when 'accepted' then o.state in ('attempting', 'unknown', 'sent', 'delivered', 'undelivered')
        when 'refused' then o.state in ('attempting', 'unknown')
        when 'failed' then o.state in ('attempting', 'unknown')
        else o.state = 'attempting'
      end
    returning o.id, o.resent and o.was_accepted as resent
  )
  select id from settled where resent`;

interface Change {
  readonly state: 'accepted' | 'refused' | 'failed' | 'unknown' | 'planned';
  readonly reason?: string;
  readonly providerId?: string;
  readonly delayMs?: number;
  /** The provider asked us to wait: that was no try. */
  readonly uncounted?: boolean;
}

function changeOf({ outcome, attempts }: Settlement): Change {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'accepted', providerId: outcome.providerId };
    case 'refused':
    case 'failed':
    case 'unknown':
      return { state: outcome.kind, reason: outcome.reason };
    case 'throttled':
      return { state: 'planned', delayMs: outcome.retryAfterMs, uncounted: true };
    case 'not-sent':
      return attempts >= MOST_TRIES
        ? { state: 'failed', reason: outcome.reason }
        : { state: 'planned', reason: outcome.reason, delayMs: backOffMs(attempts) };
  }
}

const LONGEST_BACK_OFF_MS = 15 * 60_000;

/** 5 s, 10 s, 20 s ... a quarter of an hour. */
function backOffMs(attempts: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, 5_000 * 2 ** Math.max(0, attempts - 1));
}
