/**
 * Releases finished answers: closes a consultation's open batch, opens the next, and cuts the closed
 * ones loose. Below twice MIN eligible answers it holds, and says why. A crash anywhere loses nothing
 * and releases nothing twice: what is not committed is there for the next run.
 */
import { isoDay } from '../platform/calendar.ts';
import { closeFullBatches, destroyDueBatchKeys, replaceUnreadable } from './batch-sweeps.ts';
import { closeBatch } from './close-batch.ts';
import { batchesOf, countItems, type ItemCounts } from './item-table.ts';
import { poolCounts } from './pool.ts';
import { type BatchOutcome, releaseBatch } from './release-batch.ts';
import { type Held, releaseReason } from './release-reason.ts';
import { LEAST_MIN, type ReleaseTools } from './release-tools.ts';

export interface Releasing {
  readonly consultation: string;
  /** The consultation is closed: once all that is left may go, it goes or is destroyed. */
  readonly closing: boolean;
}

export interface ReleaseReport {
  readonly consultation: string;
  readonly released: number;
  /** Finished answers that stay in the pool. */
  readonly held: number;
  readonly destroyed: number;
  /** In a plain sentence. */
  readonly reason: string;
}

/** Every consultation that has a pool; `closed` tells which of them have ended. */
export async function releaseAll(
  tools: ReleaseTools,
  closed: ReadonlySet<string>,
): Promise<readonly ReleaseReport[]> {
  await destroyDueBatchKeys(tools.pool, tools.keys);
  await closeFullBatches(tools);
  const { rows } = await tools.pool.query<{ consultation_id: string }>(
    'select distinct consultation_id from pool.batch order by consultation_id',
  );
  const reports: ReleaseReport[] = [];
  const errors: unknown[] = [];
  for (const { consultation_id: consultation } of rows) {
    try {
      reports.push(
        await releaseConsultation(tools, { consultation, closing: closed.has(consultation) }),
      );
    } catch (error) {
      // One consultation's trouble must not hold the others' answers.
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'a release failed; it is tried again');
  return reports;
}

export async function releaseConsultation(
  tools: ReleaseTools,
  { consultation, closing }: Releasing,
): Promise<ReleaseReport> {
  if (tools.min < LEAST_MIN)
    throw new RangeError(`nothing is released among fewer than ${LEAST_MIN}`);
  await replaceUnreadable(tools);
  const done = [
    ...(await releaseClosed(tools, consultation, closing)),
    ...(await releaseOpen(tools, consultation, closing)),
    ...(closing ? await releaseLast(tools, consultation) : []),
  ];
  const released = done.reduce((sum, one) => sum + one.released, 0);
  const destroyed = done.reduce((sum, one) => sum + one.destroyed, 0);
  const left = await poolCounts(tools.pool, { consultation, today: todayFor(tools) });
  const unreadable = await countUnreadable(tools, consultation);
  const outcome: Held = { released, destroyed, unreadable, closing, min: tools.min, ...left };
  return { consultation, released, held: left.finished, destroyed, reason: releaseReason(outcome) };
}

async function countUnreadable(tools: ReleaseTools, consultation: string): Promise<number> {
  let unreadable = 0;
  for (const { id } of await batchesOf(tools.pool, consultation)) {
    if (await tools.keys.holdsBatchKey(id)) continue;
    unreadable += (await countItems(tools.pool, id, todayFor(tools)))?.finished ?? 0;
  }
  return unreadable;
}

function todayFor({ ambient, timeZone }: ReleaseTools): string {
  return isoDay(ambient.now(), timeZone);
}

/** Full batches, and those that a crash left: small ones among them join the open batch. */
async function releaseClosed(
  tools: ReleaseTools,
  consultation: string,
  closing: boolean,
): Promise<readonly BatchOutcome[]> {
  const batches = await batchesOf(tools.pool, consultation);
  // Without an open batch beside it this one is the consultation's last.
  if (!batches.some((batch) => batch.state === 'open')) return [];
  const done: BatchOutcome[] = [];
  for (const { id, state } of batches) {
    if (state === 'open') continue;
    if (!isRipe(tools, await countItems(tools.pool, id, todayFor(tools)))) continue;
    const readable = await tools.keys.holdsBatchKey(id);
    if (!readable && !closing) continue;
    const ending = readable ? 'reserve' : 'last';
    const outcome = await releaseBatch(tools, { id, consultation, ending });
    if (outcome) done.push(outcome);
  }
  return done;
}

/** Worth opening: enough may go, or nothing in it needs to wait any longer. */
function isRipe({ min }: ReleaseTools, counts: ItemCounts | undefined): boolean {
  if (!counts) return false;
  return counts.eligible >= 2 * min || counts.eligible === counts.finished;
}

async function releaseOpen(
  tools: ReleaseTools,
  consultation: string,
  closing: boolean,
): Promise<readonly BatchOutcome[]> {
  const batches = await batchesOf(tools.pool, consultation);
  const open = batches.find((batch) => batch.state === 'open');
  if (!open) return [];
  const counts = await countItems(tools.pool, open.id, todayFor(tools));
  if (!counts || counts.eligible < 2 * tools.min) return [];
  // What is left of a closed consultation goes as one, without a reserve.
  if (closing && batches.length === 1 && counts.eligible === counts.finished) return [];
  if (!(await closeBatch(tools, open.id, 'open-next'))) return [];
  const outcome = await releaseBatch(tools, { id: open.id, consultation, ending: 'reserve' });
  return outcome ? [outcome] : [];
}

/** The end of a closed consultation, once all that is left lies in one batch and may go. */
async function releaseLast(
  tools: ReleaseTools,
  consultation: string,
): Promise<readonly BatchOutcome[]> {
  const [last, ...others] = await batchesOf(tools.pool, consultation);
  if (!last) {
    await tools.keys.destroyWithdrawalKey(consultation);
    return [];
  }
  if (others.length > 0) return [];
  const counts = await countItems(tools.pool, last.id, todayFor(tools));
  if (!counts || counts.eligible < counts.finished) return [];
  if (last.state === 'open' && !(await closeBatch(tools, last.id, 'open-none'))) return [];
  const outcome = await releaseBatch(tools, { id: last.id, consultation, ending: 'last' });
  if (!outcome) return [];
  await tools.keys.destroyWithdrawalKey(consultation);
  return [outcome];
}
