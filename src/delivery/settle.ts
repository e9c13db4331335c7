/**
 * Records what became of attempts. A row only moves forward: an answer that arrives after a status
 * callback, or after the sweep gave the attempt up, never moves it back. The one way back, from
 * `attempting` to `planned`, needs proof that nothing left: a 429, or a provider never reached.
 */
import type { Pool } from 'pg';
import type { SendOutcome } from '../channel.ts';
import { plainArray, type Queryable, transaction } from '../platform/postgres.ts';
import { MOST_TRIES } from './classes.ts';
import { withholdFollowUps } from './follow-ups.ts';
import { spareCopies } from './resend.ts';
import { giveBackTrialDays } from './trial-day.ts';

export interface Settlement {
  readonly id: string;
  readonly nonce: string;
  readonly attempts: number;
  readonly outcome: SendOutcome;
  /** The day of trial mode that it was counted in: given back where this was no try. */
  readonly trialDay?: string;
}

/** It never left, and nobody is to blame: it waits on in its place, its tries as they were. */
export const PUT_BACK = { kind: 'throttled', retryAfterMs: 0 } as const satisfies SendOutcome;

export async function settle(pool: Pool, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const accepted: Accepted[] = [];
  const others: Other[] = [];
  for (const { id, nonce, attempts, outcome, trialDay } of settlements) {
    if (outcome.kind === 'accepted') accepted.push({ id, nonce, providerId: outcome.providerId });
    else others.push({ id, nonce, trialDay, ...changeOf(outcome, attempts) });
  }
  const ended = others.filter(({ state }) => state === 'refused' || state === 'failed');
  // Together, so that what comes behind cannot be claimed in between.
  await transaction(pool, async (tx) => {
    await spareCopies(tx, await writeAccepted(tx, accepted));
    const changed = await writeOthers(tx, others);
    await giveBackTrialDays(
      tx,
      others.flatMap(({ id, uncounted, trialDay }) =>
        uncounted === true && trialDay !== undefined && changed.has(id) ? [trialDay] : [],
      ),
    );
    await withholdFollowUps(
      tx,
      ended.map(({ id }) => id),
    );
  });
}

interface Accepted extends Pick<Settlement, 'id' | 'nonce'> {
  readonly providerId: string;
}

/**
 * Nearly everything, and so a statement of its own, which asks nothing that only others need. Gives
 * those that had been sent again meanwhile. It may find the row sent or delivered already: then only
 * the provider's id is new. "is true" keeps the row's id the only way to it: the planner would rather
 * read every nonce there is.
 */
async function writeAccepted(tx: Queryable, rows: readonly Accepted[]): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const resent = await tx.query<{ id: string }>({
    name: 'outbox-settle-accepted',
    text: `
      with settled as (
        update delivery.outbox o
        set state = case when o.state in ('attempting', 'unknown') then 'accepted' else o.state end,
            was_accepted = true,
            provider_id = coalesce(o.provider_id, r.provider_id),
            body_ct = null,
            key_day = null,
            lease_until = null,
            worker = null,
            ended_on = current_date
        from unnest($1::bigint[], $2::uuid[], $3::text[]) as r (id, nonce, provider_id)
        where o.id = r.id and (o.nonce = r.nonce) is true
          and o.state in ('attempting', 'unknown', 'sent', 'delivered', 'undelivered')
        returning o.id, o.resent
      )
      select id from settled where resent`,
    values: [
      plainArray(rows.map(({ id }) => id)),
      plainArray(rows.map(({ nonce }) => nonce)),
      rows.map(({ providerId }) => providerId),
    ],
  });
  return resent.rows.map(({ id }) => id);
}

/**
 * What settles for good clears the body; what is unknown keeps it, for the classes that send it
 * again. Gives those that it changed.
 */
async function writeOthers(tx: Queryable, rows: readonly Other[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const changed = await tx.query<{ id: string }>({
    name: 'outbox-settle-others',
    text: `
      update delivery.outbox o
      set state = r.state,
          reason = r.reason,
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
      from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::integer[], $6::boolean[])
        as r (id, nonce, state, reason, delay_ms, uncounted)
      where o.id = r.id and (o.nonce = r.nonce) is true
        and (o.state = 'attempting' or o.state = 'unknown' and r.state in ('refused', 'failed'))
      returning o.id`,
    values: [
      rows.map(({ id }) => id),
      rows.map(({ nonce }) => nonce),
      rows.map(({ state }) => state),
      rows.map(({ reason }) => reason ?? null),
      rows.map(({ delayMs }) => delayMs ?? 0),
      rows.map(({ uncounted }) => uncounted === true),
    ],
  });
  return new Set(changed.rows.map(({ id }) => id));
}

interface Change {
  readonly state: 'refused' | 'failed' | 'unknown' | 'planned';
  readonly reason?: string;
  readonly delayMs?: number;
  /** That was no try: nothing left, and the message is not to blame. */
  readonly uncounted?: boolean;
}

type Other = Change & Pick<Settlement, 'id' | 'nonce'> & { readonly trialDay: string | undefined };

function changeOf(outcome: Exclude<SendOutcome, { kind: 'accepted' }>, attempts: number): Change {
  switch (outcome.kind) {
    case 'refused':
    case 'failed':
    case 'unknown':
      return { state: outcome.kind, reason: outcome.reason };
    case 'throttled':
      return { state: 'planned', delayMs: outcome.retryAfterMs, uncounted: true };
    case 'not-sent':
      return notSent(outcome, attempts);
  }
}

/** Where nobody could be reached the brake says how often it is tried; it is tried for ever. */
function notSent(outcome: Extract<SendOutcome, { kind: 'not-sent' }>, attempts: number): Change {
  const { reason } = outcome;
  if (isSetAside({ outcome, attempts })) return { state: 'failed', reason };
  if (outcome.counts === true) return { state: 'planned', reason, delayMs: backOffMs(attempts) };
  return { state: 'planned', reason, delayMs: backOffMs(1), uncounted: true };
}

/** It has itself kept itself from leaving, as often as it may. */
export function isSetAside({
  outcome,
  attempts,
}: Pick<Settlement, 'outcome' | 'attempts'>): boolean {
  return outcome.kind === 'not-sent' && outcome.counts === true && attempts >= MOST_TRIES;
}

const LONGEST_BACK_OFF_MS = 15 * 60_000;

/** 5 s, 10 s, 20 s ... a quarter of an hour. */
function backOffMs(attempts: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, 5_000 * 2 ** Math.max(0, attempts - 1));
}
