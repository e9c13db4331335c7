/** What becomes of keys whose time is over, and of what is kept for good: opt-outs and guests. */
import type { Ambient } from '../platform/ambient.ts';
import { type Kept, type LeftRow, leftOf } from '../platform/kept.ts';
import type { Pool } from '../platform/postgres.ts';
import { destroyDueBatchKeys } from './batch-sweeps.ts';
import { sweepDayKeys } from './day-keys.ts';
import type { KeyHolder } from './keys.ts';

/** `inUse`: the days that a row of any folder still carries. */
export async function keepDayKeys(
  keys: KeyHolder,
  ambient: Ambient,
  inUse: ReadonlySet<string>,
): Promise<Kept> {
  const destroyed = await sweepDayKeys(keys, { now: ambient.now(), inUse });
  const days = (await keys.days()).toSorted();
  const [oldest] = days;
  return {
    store: 'keys of days',
    rule: 'two days, and while anything is sealed under them',
    deleted: destroyed.length,
    left: days.length,
    ...(oldest === undefined ? {} : { oldest }),
  };
}

/** A key whose batch is gone should have been destroyed by the release itself. */
export async function keepBatchKeys(pool: Pool, keys: KeyHolder): Promise<Kept> {
  const overdue = (await destroyDueBatchKeys(pool, keys)).length;
  return {
    store: 'keys of batches',
    rule: 'until their batch is released',
    deleted: overdue,
    left: (await keys.batches()).length,
    ...(overdue > 0 ? { alert: `${overdue} were overdue` } : {}),
  };
}

/** Free-text keys of consultations that will release nothing more and have no raw text left. */
export async function destroyFreeTextKeys(
  pool: Pool,
  keys: KeyHolder,
  over: readonly string[],
): Promise<void> {
  for (const consultation of over) {
    const { rowCount } = await pool.query(
      'select from pool.batch where consultation_id = $1 limit 1',
      [consultation],
    );
    if (rowCount === 0) await keys.destroyFreeTextKey(consultation);
  }
}

/** Survives erasure: a keyed hash, so that nobody who said stop is ever written to again. */
export async function keepOptOuts(pool: Pool): Promise<Kept> {
  const { rows } = await pool.query<LeftRow>(
    'select count(*)::int as left, min(since)::text as oldest from contact.suppression',
  );
  return { store: 'opt-outs, hashed', rule: 'for good', deleted: 0, ...leftOf(rows[0]) };
}
