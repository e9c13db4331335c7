/**
 * Release of sealed responses: a hundred thousand must take ten times as long as ten thousand, and
 * no more memory. Each release runs in a process of its own, so that its memory is its own.
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { systemAmbient } from '../src/platform/ambient.ts';
import { isoDay } from '../src/platform/calendar.ts';
import { attachEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { openPool, type Pool, transaction } from '../src/platform/postgres.ts';
import { closeFullBatches, FULL_BATCH } from '../src/privacy/batch-sweeps.ts';
import { holdOpenBatch, itemTable } from '../src/privacy/item-table.ts';
import { openKeyFolder } from '../src/privacy/key-folder.ts';
import type { KeyHolder } from '../src/privacy/keys.ts';
import { createPool, sealCompletion } from '../src/privacy/pool.ts';
import { type BenchRow, noted, under } from './bench-row.ts';

const releaseMeasured = z.object({
  released: z.number(),
  seconds: z.number(),
  peakMegabytes: z.number(),
});
export type ReleaseMeasured = Readonly<z.infer<typeof releaseMeasured>>;

const SMALL = 10_000;
const LARGE = 100_000;
const BLOB_SIZE = 1_536;
/** Sealed one by one; the rest of a batch are copies, which cost the same to open. */
const SEALED_A_BATCH = 50;

export async function benchRelease(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heard-bench-release-'));
  const dataDir = join(folder, 'data');
  const attached = await attachEmbeddedPostgres({ dataDir, role: 'command' });
  if (attached.kind !== 'attached') throw new Error(attached.reason);
  const pool = openPool(attached.url);
  try {
    await migrate(pool);
    const keysDir = join(folder, 'keys');
    const opened = await openKeyFolder({ folder: keysDir, dataFolder: dataDir });
    if (opened.kind === 'refused') throw new Error(opened.reason);
    const measure = async (responses: number): Promise<ReleaseMeasured> => {
      const consultation = await fill(pool, opened.keys, responses);
      return releaseApart([attached.url, keysDir, dataDir, consultation]);
    };
    const smallOnes = [await measure(SMALL), await measure(SMALL), await measure(SMALL)];
    const small = middleOf(smallOnes);
    const large = await measure(LARGE);
    return rowsOf(small, large);
  } finally {
    await pool.end();
    await attached.detach();
    await rm(folder, { recursive: true, force: true });
  }
}

function middleOf(all: readonly ReleaseMeasured[]): ReleaseMeasured {
  const middle = all.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(all.length / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}

function rowsOf(small: ReleaseMeasured, large: ReleaseMeasured): BenchRow[] {
  const each = (one: ReleaseMeasured): number => (one.seconds * 1e6) / one.released;
  const ratio = each(large) / each(small);
  return [
    {
      name: 'release of 100,000: each response, beside 10,000',
      value: Math.round(each(large)),
      unit: 'µs',
      reference: Math.round(each(small)),
      ratio: Number(ratio.toFixed(2)),
      goal: 'at most 1.5 of the reference',
      holds: ratio <= 1.5,
    },
    under('release of 100,000: memory', 'MB', { value: large.peakMegabytes, limit: 300 }),
    noted(
      'release of 100,000: memory, beside 10,000',
      'MB',
      large.peakMegabytes,
      small.peakMegabytes,
    ),
    noted('release of 100,000: in all', 's', large.seconds, small.seconds),
  ];
}

/** A consultation with so many finished answers, in full batches and an open one. */
async function fill(pool: Pool, keys: KeyHolder, responses: number): Promise<string> {
  const consultation = systemAmbient.newId();
  const tools = { pool, keys, ambient: systemAmbient, timeZone: 'Europe/London', min: 10 };
  await transaction(pool, (tx) => createPool(tx, keys, { consultation, blobSize: BLOB_SIZE }));
  for (let filled = 0; filled < responses; filled += FULL_BATCH) {
    await transaction(pool, async (tx) => {
      for (let at = 0; at < SEALED_A_BATCH; at++) {
        await sealCompletion(tx, keys, {
          consultation,
          person: systemAmbient.newId(),
          payload: payloadOf(at),
          eligibleOn: isoDay(new Date(0)),
        });
      }
      const batch = await holdOpenBatch(tx, consultation);
      const table = itemTable(batch?.id ?? '');
      await tx.query(
        `insert into ${table} (blob, wtag, eligible_on)
         select blob, sha256(wtag || n::text::bytea), eligible_on
         from ${table}, generate_series(2, $1::int) as n`,
        [FULL_BATCH / SEALED_A_BATCH],
      );
    });
    await closeFullBatches(tools);
  }
  return consultation;
}

function payloadOf(at: number) {
  return {
    answers: { use: at % 2 === 0, build: 'swings', want: ['path', 'lights'], safe: (at % 5) + 1 },
    bands: { age_band: '13-15', area: 'east' },
    freeText: {
      why: 'The path is dark in the winter and the gate by the school is locked. '.repeat(3),
    },
  };
}

function releaseApart(args: readonly string[]): Promise<ReleaseMeasured> {
  // Started as Heard itself is, with its compiled code kept.
  const preload = new URL('../src/platform/preload.js', import.meta.url).href;
  const child = fork(new URL('release-once.ts', import.meta.url), args, {
    execArgv: ['--import', preload],
  });
  return new Promise((resolve, reject) => {
    child.on('message', (measured) => resolve(releaseMeasured.parse(measured)));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`the release ended with ${code}`));
    });
  });
}
