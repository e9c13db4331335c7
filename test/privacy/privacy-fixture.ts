/** A database, a folder of keys and a clock of their own for one test; randomness is seeded. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll } from 'vitest';
import type { Ambient } from '../../src/platform/ambient.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { transaction } from '../../src/platform/postgres.ts';
import { createContacts } from '../../src/privacy/contacts.ts';
import { openKeyFolder } from '../../src/privacy/key-folder.ts';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { createPool, type PoolPayload, sealCompletion } from '../../src/privacy/pool.ts';
import { releaseConsultation } from '../../src/privacy/release.ts';
import type { ReleaseTools } from '../../src/privacy/release-tools.ts';
import { freshDatabase } from '../support/fresh-database.ts';

export const TODAY = '2026-11-02';
export const NOON = new Date(`${TODAY}T12:00:00Z`);

export async function privacyFixture(seed = 1) {
  const db = await freshDatabase();
  const folder = await temporaryFolder();
  const keys = await keysIn(folder);
  const ambient = seededAmbient(seed);
  const contacts = createContacts(keys, ambient);
  const tools: ReleaseTools = {
    pool: db.pool,
    keys,
    ambient,
    timeZone: 'Europe/London',
    min: 10,
  };
  return {
    db,
    pool: db.pool,
    keys,
    keysFolder: join(folder, 'keys'),
    ambient,
    contacts,
    tools,
    async end() {
      await db.end();
      await rm(folder, { recursive: true });
    },
  };
}

/** One for all tests of a file, ended with it. */
export async function fixtureOfThisFile(): Promise<PrivacyFixture> {
  const fixture = await privacyFixture();
  afterAll(() => fixture.end());
  return fixture;
}

export type PrivacyFixture = Awaited<ReturnType<typeof privacyFixture>>;

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'heard-privacy-'));
}

export async function keysIn(folder: string): Promise<KeyHolder> {
  const opened = await openKeyFolder({
    folder: join(folder, 'keys'),
    dataFolder: join(folder, 'data'),
  });
  if (opened.kind === 'refused') throw new Error(opened.reason);
  return opened.keys;
}

/** Real ids, but choices that come out the same each run. */
function seededAmbient(seed: number, now: () => Date = () => NOON): Ambient {
  const random = seeded(seed);
  return { ...systemAmbient, now, below: (below) => Math.floor(random() * below) };
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export async function newConsultation(fixture: PrivacyFixture): Promise<string> {
  const consultation = fixture.ambient.newId();
  await transaction(fixture.pool, (tx) =>
    createPool(tx, fixture.keys, { consultation, blobSize: 1024 }),
  );
  return consultation;
}

export function release(fixture: PrivacyFixture, consultation: string, closing = false) {
  return releaseConsultation(fixture.tools, { consultation, closing });
}

export async function batches(pool: Pool, consultation: string) {
  const { rows } = await pool.query<{ id: string; state: string }>(
    'select id, state from pool.batch where consultation_id = $1',
    [consultation],
  );
  return rows;
}

/** A person who joined by text message, from the drama numbers. */
export function dramaNumber(at: number): string {
  return `+447700900${String(at).padStart(3, '0')}`;
}

/** An answer that names who gave it: only a test does that, to see whether the tie can be found. */
export function answerOf(at: number): PoolPayload {
  return { answers: { use: `answer-${at}` }, bands: {}, freeText: {} };
}

export interface Finishing {
  readonly person: string;
  readonly payload: PoolPayload;
  readonly eligibleOn?: string;
  readonly caseLink?: Uint8Array;
}

export async function finish(
  fixture: { readonly pool: Pool; readonly keys: KeyHolder },
  consultation: string,
  { eligibleOn = TODAY, ...one }: Finishing,
) {
  return transaction(fixture.pool, (tx) =>
    sealCompletion(tx, fixture.keys, { consultation, eligibleOn, ...one }),
  );
}

/** `count` people finish, one after the other; gives their ids in order. */
export async function finishMany(
  fixture: PrivacyFixture,
  consultation: string,
  count: number,
  more: Partial<Finishing> = {},
): Promise<readonly string[]> {
  const people = Array.from({ length: count }, () => fixture.ambient.newId());
  for (const [at, person] of people.entries()) {
    await finish(fixture, consultation, { person, payload: answerOf(at), ...more });
  }
  return people;
}

export async function releasedAnswers(pool: Pool, consultation: string): Promise<string[]> {
  const { rows } = await pool.query<{ use: string }>(
    `select answers ->> 'use' as use from resp.response where consultation_id = $1`,
    [consultation],
  );
  return rows.map((row) => row.use).sort();
}

/** Until another connection to this database waits for a lock; never inside a transaction's view. */
export async function untilSomeoneWaits(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(
      `select from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}
