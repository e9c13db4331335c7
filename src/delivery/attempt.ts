/**
 * Begins what was claimed, and takes the last look before it leaves. First every attempt is committed
 * under a fresh random nonce, where the claim has not done so itself; then people are looked at: may
 * trial mode write to them, where do they live, have they opted out. What may not go is refused, with
 * the reason.
 *
 * The look comes after that commit, so that no lock on people is needed: an opt-out that is committed
 * by then is seen, and any other comes after an attempt that already stands.
 */
import type { Pool } from 'pg';
import type { Outbound } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import type { Queryable } from '../platform/postgres.ts';
import { goesAfterOptOut, isStartedByUs, type MessageClass } from './classes.ts';
import { nonceFor } from './nonce.ts';
import { PUT_BACK, type Settlement } from './settle.ts';
import { withinTrialDay } from './trial-day.ts';

/** What sending must ask of the folders that own people. */
export interface People {
  /** Nobody who is gone. Must see every opt-out that is committed when it is called. */
  readonly standingsOf: (
    tx: Queryable,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, Standing>>;
  readonly guestsAmong: (tx: Queryable, ids: readonly string[]) => Promise<ReadonlySet<string>>;
}

interface Standing {
  readonly stopped: boolean;
  /** Undefined where no address is kept. One that does not open is that person's fault alone. */
  readonly home: Home | 'unopened' | undefined;
}

/** Where a person is written to. */
export type Home = Pick<Outbound, 'address' | 'reference'>;

export interface AttemptOptions {
  readonly pool: Pool;
  readonly ambient: Ambient;
  readonly people: People;
  readonly worker: string;
  readonly leaseSeconds: number;
  /** True in trial mode, unless the channel stays on this machine. */
  readonly guestsOnly: boolean;
  readonly timeZone: string;
}

interface Candidate {
  readonly id: string;
  readonly personId: string;
  readonly class: MessageClass;
  readonly broadcastId?: string;
  readonly attempts: number;
  readonly nonce?: string;
}

export interface Attempt<Row> {
  readonly row: Row;
  readonly nonce: string;
  readonly home: Home;
  readonly trialDay?: string;
}

export type RefusedBeforehand = 'opted-out' | 'trial' | 'trial-limit' | 'no-address';

export interface Begun<Row> {
  readonly leaving: readonly Attempt<Row>[];
  /** Committed attempts that are never made: they must be recorded as this. */
  readonly turnedAway: readonly Settlement[];
  /** What broke, where nobody could be looked at. */
  readonly fault?: unknown;
}

/** Rows whose lease ran out meanwhile are left to whoever has them. */
export async function beginAttempts<Row extends Candidate>(
  options: AttemptOptions,
  rows: readonly Row[],
): Promise<Begun<Row>> {
  const begun = [...begunByTheClaim(rows)];
  try {
    begun.push(...(await markAttempting(options, rows)));
    return divide(await holdToTrialDay(options, await look(options, begun)));
  } catch (fault) {
    // Who cannot be asked about is not written to; nothing has left, and it is tried again.
    return { leaving: [], turnedAway: begun.map((one) => settled(one, NOT_LOOKED_AT)), fault };
  }
}

interface Committed<Row> {
  readonly row: Row;
  readonly nonce: string;
  readonly trialDay?: string;
}

interface Judged<Row> {
  readonly attempt: Committed<Row>;
  readonly verdict: RefusedBeforehand | 'held' | 'unopened' | Home;
}

async function look<Row extends Candidate>(
  { pool, people, guestsOnly }: AttemptOptions,
  attempts: readonly Committed<Row>[],
): Promise<readonly Judged<Row>[]> {
  if (attempts.length === 0) return [];
  const ids = [...new Set(attempts.map(({ row }) => row.personId))];
  const [standings, running, guests] = await Promise.all([
    people.standingsOf(pool, ids),
    runningAmong(pool, broadcastsOf(attempts.map(({ row }) => row))),
    guestsOnly ? people.guestsAmong(pool, ids) : undefined,
  ]);
  const verdictOn = (row: Row): Judged<Row>['verdict'] => {
    const standing = standings.get(row.personId);
    if (standing?.stopped !== false && !goesAfterOptOut(row.class)) return 'opted-out';
    if (row.broadcastId !== undefined && !running.has(row.broadcastId)) return 'held';
    if (guests && isStartedByUs(row.class) && !guests.has(row.personId)) return 'trial';
    return standing?.home ?? 'no-address';
  };
  return attempts.map((attempt) => ({ attempt, verdict: verdictOn(attempt.row) }));
}

function divide<Row extends Candidate>(judged: readonly Judged<Row>[]): Begun<Row> {
  const leaving: Attempt<Row>[] = [];
  const turnedAway: Settlement[] = [];
  for (const { attempt, verdict } of judged) {
    if (typeof verdict === 'object') leaving.push({ ...attempt, home: verdict });
    else if (verdict === 'held') turnedAway.push(settled(attempt, PUT_BACK));
    else if (verdict === 'unopened') turnedAway.push(settled(attempt, NO_WAY_THERE));
    else turnedAway.push(settled(attempt, { kind: 'refused', reason: verdict, optedOut: false }));
  }
  return { leaving, turnedAway };
}

const NOT_LOOKED_AT = { kind: 'not-sent', reason: 'not-looked-at' } as const;
/** An address that no key opens: the others go on. */
const NO_WAY_THERE = { kind: 'not-sent', reason: 'address-not-opened', counts: true } as const;

/** For an attempt that is never made. */
export function settled(
  { row, nonce, trialDay }: Committed<Candidate>,
  outcome: Settlement['outcome'],
): Settlement {
  const attempts = row.attempts + 1;
  return { id: row.id, nonce, attempts, outcome, ...(trialDay === undefined ? {} : { trialDay }) };
}

/** Trial mode is for trying out: what is over the day's measure is refused, for all to see. */
async function holdToTrialDay<Row extends Candidate>(
  { pool, guestsOnly, timeZone }: AttemptOptions,
  judged: readonly Judged<Row>[],
): Promise<readonly Judged<Row>[]> {
  if (!guestsOnly) return judged;
  const counts = ({ attempt: { row }, verdict }: Judged<Row>): boolean =>
    typeof verdict === 'object' && isStartedByUs(row.class) && row.attempts === 0;
  const wanted = judged.filter(counts).length;
  if (wanted === 0) return judged;
  const { allowed, day } = await withinTrialDay(pool, timeZone, wanted);
  let room = allowed;
  return judged.map((one) => {
    if (!counts(one)) return one;
    room -= 1;
    if (room < 0) return { ...one, verdict: 'trial-limit' };
    return { ...one, attempt: { ...one.attempt, trialDay: day } };
  });
}

function begunByTheClaim<Row extends Candidate>(rows: readonly Row[]): readonly Committed<Row>[] {
  return rows.flatMap((row) => (row.nonce === undefined ? [] : [{ row, nonce: row.nonce }]));
}

async function markAttempting<Row extends Candidate>(
  { pool, ambient, worker, leaseSeconds }: AttemptOptions,
  rows: readonly Row[],
): Promise<readonly Committed<Row>[]> {
  const waiting = rows.flatMap((row) =>
    row.nonce === undefined ? [{ row, nonce: nonceFor(row.id, ambient.newId()) }] : [],
  );
  if (waiting.length === 0) return [];
  const marked = await pool.query<{ id: string }>({
    name: 'outbox-attempt',
    // "is true" keeps the row's id the only way to it: the planner would rather read an index of
    // everything under way.
    text: `update delivery.outbox o
           set state = 'attempting', nonce = r.nonce, attempts = o.attempts + 1,
               attempted_at = clock_timestamp(),
               lease_until = clock_timestamp() + $2 * interval '1 second'
           from unnest($3::bigint[], $4::uuid[]) as r (id, nonce)
           where o.id = r.id and o.worker = $1 and (o.state = 'claimed') is true
             and o.lease_until > clock_timestamp()
           returning o.id`,
    values: [
      worker,
      leaseSeconds,
      waiting.map(({ row }) => row.id),
      waiting.map(({ nonce }) => nonce),
    ],
  });
  const begun = new Set(marked.rows.map((row) => row.id));
  return waiting.filter(({ row }) => begun.has(row.id));
}

function broadcastsOf(rows: readonly Candidate[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => row.broadcastId ?? []))];
}

/** What is paused or cancelled meanwhile waits on in its place; a cancelled one is swept up there. */
async function runningAmong(
  pool: Pool,
  broadcasts: readonly string[],
): Promise<ReadonlySet<string>> {
  if (broadcasts.length === 0) return new Set();
  const { rows } = await pool.query<{ id: string }>({
    name: 'broadcasts-running',
    text: `select id from delivery.broadcast where id = any($1::uuid[]) and state = 'running'`,
    values: [broadcasts],
  });
  return new Set(rows.map((row) => row.id));
}
