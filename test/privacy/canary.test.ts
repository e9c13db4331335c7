/**
 * Looks for a marked number and marked answers in every file that Postgres writes: tables, the
 * write-ahead log and its server log. The number must never be there; an answer not before its
 * release, and a free text not after it either.
 */
import { createReadStream, existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { releaseConsultation } from '../../src/privacy/release.ts';
import { encrypt } from '../../src/privacy/seal.ts';
import { finish, fixtureOfThisFile, newConsultation, TODAY } from './privacy-fixture.ts';

const fixture = await fixtureOfThisFile();

describe('what Postgres writes', () => {
  it('holds no number ever, no answer before its release, and no free text', async () => {
    const mark = fixture.ambient.newId();
    const number = `canary-number-${mark}`;
    const answer = `canary-answer-${mark}`;
    const text = `canary-text-${mark}`;
    const consultation = await newConsultation(fixture);
    for (let at = 0; at < 20; at++) await takePart(consultation, `${number}-${at}`, answer, text);
    expect(await filesWith([number, answer, text])).toEqual({});

    const { released } = await releaseConsultation(fixture.tools, { consultation, closing: false });
    expect(released).toBe(10);
    // The released answer is found, so the search finds what is there.
    const found = await filesWith([number, answer, text]);
    expect(Object.keys(found)).toEqual([answer]);
  }, 120_000);
});

/** All that one participant leaves behind, in the same tables as always. */
async function takePart(
  consultation: string,
  address: string,
  answer: string,
  text: string,
): Promise<void> {
  const { contacts, pool, keys, ambient } = fixture;
  const [enrolled] = await contacts.enrolMany(pool, [{ channel: 'sms', address }]);
  const person = enrolled?.person ?? '';
  await contacts.rememberAddress(pool, { person, channel: 'sms', address, reference: address });
  await contacts.addGuest(pool, 'sms', address);
  await contacts.hashMessageId('sms', address);
  const state = encrypt(await keys.dayKey(TODAY), Buffer.from(answer), Buffer.from(person));
  const id = ambient.newId();
  await pool.query(
    `insert into conv.conversation
       (id, person_id, consultation_id, flow, version, revision, state_ct, key_day, expire_at)
     values ($1, $2, $3, 'park', 1, 1, $4, $5, now())`,
    [id, person, consultation, state, TODAY],
  );
  await pool.query('delete from conv.conversation where id = $1', [id]);
  const payload = { answers: { use: answer }, bands: {}, freeText: { why: text } };
  await finish(fixture, consultation, { person, payload });
  await contacts.stop(pool, person, 'stop');
  await contacts.forget(pool, person);
}

/** By marker, the files that hold it: as it is, in hex or in base64. */
async function filesWith(markers: readonly string[]): Promise<Record<string, string[]>> {
  await fixture.pool.query('checkpoint');
  const needles = markers.flatMap((marker) =>
    [
      marker,
      Buffer.from(marker).toString('hex'),
      Buffer.from(marker).toString('base64').slice(0, -4),
    ].map((form) => ({ marker, bytes: Buffer.from(form) })),
  );
  const found: Record<string, string[]> = {};
  for (const file of await writtenFiles()) {
    for (const marker of await markersIn(file, needles)) (found[marker] ??= []).push(file);
  }
  return found;
}

async function writtenFiles(): Promise<readonly string[]> {
  const folder = await dataFolder();
  const { rows } = await fixture.pool.query<{ database: string }>(
    'select oid::text as database from pg_database where datname = current_database()',
  );
  const database = rows[0]?.database ?? '';
  const ofServer = await filesIn(dirname(folder));
  const base = join(folder, 'base');
  const files = ofServer.filter(
    (file) => !file.startsWith(base) || file.startsWith(join(base, database)),
  );
  expect(files.some((file) => file.startsWith(join(folder, 'pg_wal')))).toBe(true);
  expect(files.some((file) => file.startsWith(join(base, database)))).toBe(true);
  return files;
}

/** Where the server process stands: its own name for the folder may hold only for itself. */
async function dataFolder(): Promise<string> {
  const { rows } = await fixture.pool.query<{ folder: string; process: number }>(
    `select current_setting('data_directory') as folder, pg_backend_pid() as process`,
  );
  const { folder = '', process = 0 } = rows[0] ?? {};
  return existsSync(`/proc/${process}/cwd`) ? realpath(`/proc/${process}/cwd`) : folder;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function markersIn(
  file: string,
  needles: readonly { marker: string; bytes: Buffer }[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 4 << 20 })) {
      const bytes = Buffer.concat([tail, chunk]);
      for (const { marker, bytes: needle } of needles)
        if (bytes.includes(needle)) found.add(marker);
      tail = bytes.subarray(-200);
    }
  } catch (error) {
    // Postgres removes and recycles files while we read.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return found;
}
