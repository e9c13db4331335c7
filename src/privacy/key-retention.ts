/**
 * What becomes of keys whose time is over. Their end is what makes the rest unreadable, also where a
 * backup or a log still holds it; so whatever a crash left behind is destroyed here, and told of.
 */
import type { Ambient } from '../platform/ambient.ts';
import type { Outcome, Store } from '../platform/kept.ts';
import type { Pool } from '../platform/postgres.ts';
import { destroyDueBatchKeys } from './batch-sweeps.ts';
import { sweepDayKeys } from './day-keys.ts';
import type { KeyHolder } from './keys.ts';

/** `inUse`: the days that a row of any folder still carries. */
export function keepDayKeys(
  keys: KeyHolder,
  ambient: Ambient,
  inUse: () => Promise<ReadonlySet<string>>,
): Store {
  return {
    store: 'keys of days',
    rule: 'two days, and while anything is sealed under them',
    tables: [],
    keep: async () => {
      const destroyed = await sweepDayKeys(keys, { now: ambient.now(), inUse: await inUse() });
      const days = (await keys.days()).toSorted();
      const [oldest] = days;
      return {
        deleted: destroyed.length,
        left: days.length,
        ...(oldest === undefined ? {} : { oldest }),
      };
    },
  };
}

/** A key whose batch is gone should have been destroyed by the release itself. */
export function keepBatchKeys(pool: Pool, keys: KeyHolder): Store {
  return {
    store: 'keys of batches',
    rule: 'until their batch is released',
    tables: [],
    keep: async () => {
      const destroyed = (await destroyDueBatchKeys(pool, keys)).length;
      return overdue(destroyed, (await keys.batches()).length);
    },
  };
}

/** `over`: consultations that take no more answers. */
export function keepWithdrawalKeys(
  pool: Pool,
  keys: KeyHolder,
  over: () => Promise<ReadonlySet<string>>,
): Store {
  return {
    store: 'keys to take answers back by',
    rule: "until their consultation's last answers are released",
    tables: [],
    keep: async () => {
      const due = await withoutBatch(pool, await keys.withdrawals(), await over());
      for (const consultation of due) await keys.destroyWithdrawalKey(consultation);
      return overdue(due.length, (await keys.withdrawals()).length);
    },
  };
}

/** `over`: consultations that take no more answers and have no raw text left. */
export function keepFreeTextKeys(
  pool: Pool,
  keys: KeyHolder,
  over: () => Promise<ReadonlySet<string>>,
): Store {
  return {
    store: 'keys of raw free text',
    rule: "until their consultation's last raw text is cleared or withheld",
    tables: [],
    keep: async () => {
      const due = await withoutBatch(pool, await keys.freeTexts(), await over());
      for (const consultation of due) await keys.destroyFreeTextKey(consultation);
      return { deleted: due.length, left: (await keys.freeTexts()).length };
    },
  };
}

function overdue(destroyed: number, left: number): Outcome {
  return {
    deleted: destroyed,
    left,
    ...(destroyed > 0 ? { alert: `${destroyed} were overdue` } : {}),
  };
}

/** Those that will release nothing more. */
async function withoutBatch(
  pool: Pool,
  consultations: readonly string[],
  over: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'select distinct consultation_id as id from pool.batch',
  );
  const waiting = new Set(rows.map(({ id }) => id));
  return consultations.filter((id) => over.has(id) && !waiting.has(id));
}
