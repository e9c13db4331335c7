/**
 * Opt-outs as a file that is kept apart from the database's backups: keyed hashes and days. Replayed
 * after a restore, it stops everyone who said so after the backup was made. Without the keys it names
 * nobody; with them it could, so it must never be kept beside the keys.
 */
import { createHash } from 'node:crypto';
import type { Pool, Queryable } from '../platform/postgres.ts';
import { transaction } from '../platform/postgres.ts';
import type { KeyHolder } from './keys.ts';
import { catchUp, readMark } from './restore-mark.ts';

/** The lines of a journal, the first to say what it is and the last to say that it is whole. */
export async function* exportJournal(pool: Pool, keys: KeyHolder): AsyncGenerator<string> {
  const upTo = await newestEntry(pool);
  yield `${FIRST} ${await ownerOf(keys)} ${upTo}`;
  let after = 0;
  let count = 0;
  for (;;) {
    const { rows } = await pool.query<Row>(
      `select entry, channel, bidx_ver, encode(bidx, 'hex') as hash, source, since::text as since
       from contact.suppression where entry > $1 order by entry limit $2`,
      [after, PAGE],
    );
    for (const row of rows)
      yield [row.channel, row.bidx_ver, row.hash, row.since, row.source].join(' ');
    count += rows.length;
    after = Number(rows.at(-1)?.entry ?? after);
    if (rows.length < PAGE) break;
  }
  yield `end ${count}`;
}

/** Waits for opt-outs that are being written, so that none below the number is still to come. */
function newestEntry(pool: Pool): Promise<number> {
  return transaction(pool, async (tx) => {
    await tx.query('lock table contact.suppression in share mode');
    return (await readMark(tx)).entry;
  });
}

const FIRST = 'heard opt-outs 1';
const PAGE = 10_000;

interface Row {
  entry: string;
  channel: string;
  bidx_ver: number;
  hash: string;
  source: string;
  since: string;
}

export interface Journal {
  /** The number of the newest opt-out that the journal may hold. */
  readonly upTo: number;
  readonly entries: readonly JournalEntry[];
}

interface JournalEntry {
  readonly channel: string;
  readonly version: number;
  readonly hash: Buffer;
  readonly since: string;
  readonly source: string;
}

export type ReadJournal =
  | { readonly kind: 'journal'; readonly journal: Journal }
  | { readonly kind: 'refused'; readonly reason: string };

export async function readJournal(text: string, keys: KeyHolder): Promise<ReadJournal> {
  const lines = text.split('\n').filter((line) => line !== '');
  const [, owner, upTo] = /^heard opt-outs 1 ([0-9a-f]{64}) (\d{1,15})$/.exec(lines[0] ?? '') ?? [];
  if (owner === undefined) return refused('This is no journal of opt-outs.');
  if (owner !== (await ownerOf(keys)))
    return refused('This journal belongs to another installation, or its keys are not these.');
  const entries = lines.slice(1, -1).flatMap((line) => readEntry(line) ?? []);
  const whole = lines.length > 1 && lines.at(-1) === `end ${entries.length}`;
  if (!whole || entries.length !== lines.length - 2)
    return refused('This journal is not whole: it was cut short or changed. Take another copy.');
  return { kind: 'journal', journal: { upTo: Number(upTo), entries } };
}

const ENTRY =
  /^(sms|web|discord|teams) (\d{1,4}) ([0-9a-f]{64}) (\d{4}-\d\d-\d\d) ([a-z][a-z -]{0,39})$/;

function readEntry(line: string): JournalEntry | undefined {
  const [, channel, version, hash, since, source] = ENTRY.exec(line) ?? [];
  if (!channel || !version || !hash || !since || !source) return undefined;
  return { channel, version: Number(version), hash: Buffer.from(hash, 'hex'), since, source };
}

function refused(reason: string): ReadJournal {
  return { kind: 'refused', reason };
}

/** Names the installation without giving anything of its keys away. */
async function ownerOf(keys: KeyHolder): Promise<string> {
  return createHash('sha256')
    .update('opt-outs of ')
    .update(await keys.checkValue())
    .digest('hex');
}

export type Replayed =
  | { readonly kind: 'replayed'; readonly added: number; readonly stopped: number }
  | { readonly kind: 'too-old'; readonly missing: number };

export interface Replay {
  /** Goes on although the newest opt-outs are not in the journal. */
  readonly acceptMissing: boolean;
  /** In the same transaction, once everybody is stopped. */
  readonly andThen: (tx: Queryable) => Promise<void>;
}

/** Adds what the database does not know; takes nothing away. From then on sending may begin. */
export async function replayJournal(
  pool: Pool,
  keys: KeyHolder,
  { upTo, entries }: Journal,
  { acceptMissing, andThen }: Replay,
): Promise<Replayed> {
  const missing = ((await keys.restoreMark())?.entry ?? 0) - upTo;
  if (missing > 0 && !acceptMissing) return { kind: 'too-old', missing };
  return transaction(pool, async (tx) => {
    let added = 0;
    for (let from = 0; from < entries.length; from += PAGE)
      added += await addEntries(tx, entries.slice(from, from + PAGE));
    const { rowCount: stopped } = await tx.query(
      `update conv.person p set stopped = true from contact.suppression s
       where not p.stopped and s.channel = p.channel and s.bidx = p.bidx and s.bidx_ver = p.bidx_ver`,
    );
    await andThen(tx);
    await catchUp(tx, keys);
    return { kind: 'replayed', added, stopped: stopped ?? 0 };
  });
}

async function addEntries(tx: Queryable, entries: readonly JournalEntry[]): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into contact.suppression (channel, bidx, bidx_ver, source, since)
     select * from unnest($1::text[], $2::bytea[], $3::smallint[], $4::text[], $5::date[])
     on conflict do nothing`,
    [
      entries.map((one) => one.channel),
      entries.map((one) => one.hash),
      entries.map((one) => one.version),
      entries.map((one) => one.source),
      entries.map((one) => one.since),
    ],
  );
  return rowCount ?? 0;
}
