/**
 * The last look before messages leave: is the lease still ours, does the broadcast still run, has
 * the person opted out, may trial mode write to them, where do they live. What passes becomes `attempting` under a fresh random
 * nonce, committed before any call to the provider; what does not is refused, with the reason.
 */
import type { Pool } from 'pg';
import type { Outbound } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { releaseClaims } from './claim.ts';
import { goesAfterOptOut, isStartedByUs, type MessageClass } from './classes.ts';
import { withinTrialDay } from './trial-day.ts';

/** What sending must ask of the folders that own people; each runs in the given transaction. */
export interface People {
  /** Must hold the rows of the others, so that no opt-out commits before our attempt does. */
  readonly stoppedAmong: (tx: Queryable, ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly guestsAmong: (tx: Queryable, ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly addressOf: (tx: Queryable, ids: readonly string[]) => Promise<ReadonlyMap<string, Home>>;
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
}

export interface Attempt<Row> {
  readonly row: Row;
  readonly nonce: string;
  readonly home: Home;
}

export type RefusedBeforehand = 'opted-out' | 'trial' | 'trial-limit' | 'no-address';

/** Gives what may now be sent. Rows whose lease ran out meanwhile are left to whoever has them. */
export async function beginAttempts<Row extends Candidate>(
  options: AttemptOptions,
  rows: readonly Row[],
): Promise<readonly Attempt<Row>[]> {
  if (rows.length === 0) return [];
  return transaction(options.pool, async (tx) => {
    // Should this process freeze here, the people it holds are free again before a webhook fails.
    await tx.query("set local idle_in_transaction_session_timeout = '5s'");
    const verdicts = await holdToTrialDay(options, tx, await judge(options, tx, rows));
    const refused = verdicts.filter((one) => typeof one.verdict === 'string');
    if (refused.length > 0) await refuse(options, tx, refused);
    const cleared = verdicts.flatMap(({ row, verdict }) =>
      typeof verdict === 'string' ? [] : [{ row, nonce: options.ambient.newId(), home: verdict }],
    );
    const begun = await markAttempting(options, tx, cleared);
    await giveBack(options, tx, cleared, begun);
    return cleared.filter(({ row }) => begun.has(row.id));
  });
}

interface Judged<Row> {
  readonly row: Row;
  readonly verdict: RefusedBeforehand | Home;
}

async function judge<Row extends Candidate>(
  { people, guestsOnly }: AttemptOptions,
  tx: Queryable,
  rows: readonly Row[],
): Promise<readonly Judged<Row>[]> {
  const ids = [...new Set(rows.map((row) => row.personId))];
  const stopped = await people.stoppedAmong(tx, ids);
  const guests = guestsOnly ? await people.guestsAmong(tx, ids) : undefined;
  const addresses = await people.addressOf(tx, ids);
  return rows.map((row) => {
    const home = addresses.get(row.personId);
    if (stopped.has(row.personId) && !goesAfterOptOut(row.class))
      return { row, verdict: 'opted-out' };
    if (guests && isStartedByUs(row.class) && !guests.has(row.personId))
      return { row, verdict: 'trial' };
    return { row, verdict: home ?? 'no-address' };
  });
}

/** Trial mode is for trying out: what is over the day's measure is refused, for all to see. */
async function holdToTrialDay<Row extends Candidate>(
  { guestsOnly, timeZone }: AttemptOptions,
  tx: Queryable,
  judged: readonly Judged<Row>[],
): Promise<readonly Judged<Row>[]> {
  if (!guestsOnly) return judged;
  const counts = ({ row, verdict }: Judged<Row>): boolean =>
    typeof verdict !== 'string' && isStartedByUs(row.class) && row.attempts === 0;
  let room = await withinTrialDay(tx, timeZone, judged.filter(counts).length);
  return judged.map((one) => {
    if (!counts(one)) return one;
    room -= 1;
    return room < 0 ? { row: one.row, verdict: 'trial-limit' } : one;
  });
}

async function refuse(
  { worker }: AttemptOptions,
  tx: Queryable,
  refused: readonly Judged<Candidate>[],
): Promise<void> {
  await tx.query({
    name: 'outbox-refuse',
    text: `update delivery.outbox o
           set state = 'refused', reason = r.reason, body_ct = null, key_day = null,
               lease_until = null, worker = null, ended_on = current_date
           from unnest($2::bigint[], $3::text[]) as r (id, reason)
           where o.id = r.id and o.worker = $1 and o.state = 'claimed'`,
    values: [worker, refused.map(({ row }) => row.id), refused.map(({ verdict }) => verdict)],
  });
}

async function markAttempting<Row extends Candidate>(
  { worker, leaseSeconds }: AttemptOptions,
  tx: Queryable,
  attempts: readonly Attempt<Row>[],
): Promise<ReadonlySet<string>> {
  if (attempts.length === 0) return new Set();
  const { rows } = await tx.query<{ id: string }>({
    name: 'outbox-attempt',
    // A pause or a cancellation that is committed is seen here; one under way waits for this lock.
    text: `with going as materialized (
             select id from delivery.broadcast where id = any($5::uuid[]) and state = 'running'
             for share
           )
           update delivery.outbox o
           set state = 'attempting', nonce = r.nonce, attempts = o.attempts + 1,
               attempted_at = clock_timestamp(),
               lease_until = clock_timestamp() + $2 * interval '1 second'
           from unnest($3::bigint[], $4::uuid[]) as r (id, nonce)
           where o.id = r.id and o.worker = $1 and o.state = 'claimed'
             and o.lease_until > clock_timestamp()
             and (o.broadcast_id is null or exists (select from going where going.id = o.broadcast_id))
           returning o.id`,
    values: [
      worker,
      leaseSeconds,
      attempts.map(({ row }) => row.id),
      attempts.map(({ nonce }) => nonce),
      [...new Set(attempts.flatMap(({ row }) => row.broadcastId ?? []))],
    ],
  });
  return new Set(rows.map((row) => row.id));
}

/** What its broadcast does not let go waits on in its place; a cancelled one is swept up there. */
async function giveBack<Row extends Candidate>(
  { worker }: AttemptOptions,
  tx: Queryable,
  attempts: readonly Attempt<Row>[],
  begun: ReadonlySet<string>,
): Promise<void> {
  const held = attempts.filter(({ row }) => row.broadcastId !== undefined && !begun.has(row.id));
  if (held.length > 0)
    await releaseClaims(
      tx,
      worker,
      held.map(({ row }) => row.id),
    );
}
