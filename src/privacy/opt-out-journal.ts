/**
 * Opt-outs, and what people had deleted, as a file that is kept apart from the database's backups:
 * keyed hashes and days. Replayed after a restore, it stops everyone who said so after the backup was
 * made, and deletes again what they had deleted. Without the keys it names nobody; with them it
 * could, so it must never be kept beside the keys.
 */
import type { Pool, Queryable } from '../platform/postgres.ts';
import { transaction } from '../platform/postgres.ts';
import { forgetPeople } from './forget-people.ts';
import {
  type Erasure,
  erasureLine,
  firstLine,
  type Journal,
  lastLine,
  type OptOut,
  optOutLine,
} from './journal-lines.ts';
import type { KeyHolder } from './keys.ts';
import { withdrawTags } from './pool.ts';
import { catchUp, isBehind, markAgain, readMark } from './restore-mark.ts';

/** The lines of a journal. */
export async function* exportJournal(pool: Pool, keys: KeyHolder): AsyncGenerator<string> {
  const upTo = await newestEntry(pool);
  yield await firstLine(keys, upTo);
  let count = 0;
  for await (const line of linesOf(pool)) {
    yield line;
    count += 1;
  }
  yield lastLine(count);
}

async function* linesOf(pool: Pool): AsyncGenerator<string> {
  let after = 0;
  for (;;) {
    const { rows } = await pool.query<OptOut & { readonly entry: number }>(OPT_OUTS, [after, PAGE]);
    for (const row of rows) yield optOutLine(row);
    after = rows.at(-1)?.entry ?? after;
    if (rows.length < PAGE) break;
  }
  // Those of a month: few.
  const { rows } = await pool.query<Erasure>(ERASURES);
  for (const row of rows) yield erasureLine(row);
}

/** Waits for entries that are being written, so that none below the number is still to come. */
function newestEntry(pool: Pool): Promise<number> {
  return transaction(pool, async (tx) => {
    await tx.query('lock table contact.suppression, contact.erasure in share mode');
    return (await readMark(tx)).entry;
  });
}

const PAGE = 10_000;

const OPT_OUTS = `
  select entry::float8 as entry, channel, bidx_ver as version, bidx as hash, source,
         since::text as since
  from contact.suppression where entry > $1 order by entry limit $2`;

const ERASURES = `
  select entry::float8 as entry, what, channel, version, hash, day::text as day
  from contact.erasure order by entry, hash`;

export type Replayed =
  | {
      readonly kind: 'replayed';
      readonly added: number;
      readonly stopped: number;
      readonly forgotten: number;
      readonly takenBack: number;
    }
  | { readonly kind: 'too-old'; readonly missing: number }
  /** The keys folder's mark is lost: nobody can say how far a journal must reach. */
  | { readonly kind: 'unknown-age' };

/** What was deleted after the backup and is there again. */
export interface Returned {
  readonly people: readonly string[];
  /** As `conversationHashes` gives them. */
  readonly conversations: readonly Buffer[];
}

export interface Replay {
  /** Goes on although the newest entries are not in the journal. */
  readonly acceptMissing: boolean;
  /** Deletes what hangs on these in other folders; the people themselves go right after. */
  readonly deleteAgain: (tx: Queryable, returned: Returned) => Promise<void>;
  /** In the same transaction, once everybody is stopped. */
  readonly andThen: (tx: Queryable) => Promise<void>;
}

/** Adds what the database does not know, and deletes what it should not. Then sending may begin. */
export async function replayJournal(
  pool: Pool,
  keys: KeyHolder,
  { upTo, optOuts, erasures }: Journal,
  { acceptMissing, deleteAgain, andThen }: Replay,
): Promise<Replayed> {
  if (!acceptMissing) {
    const mark = await keys.restoreMark();
    if (!mark && (await isBehind(pool, keys))) return { kind: 'unknown-age' };
    const missing = (mark?.entry ?? 0) - upTo;
    if (missing > 0) return { kind: 'too-old', missing };
  }
  const returned = await unknownAmong(pool, erasures);
  // Before the rest, because it may wait for a release; twice does no harm.
  const takenBack = await withdrawTags(pool, hashesOf(returned, 'answers'));
  const replayed = await transaction(pool, async (tx): Promise<Replayed> => {
    let added = 0;
    for (const slice of slices(optOuts)) added += await addOptOuts(tx, slice);
    const { rowCount: stopped } = await tx.query(
      `update conv.person p set stopped = true from contact.suppression s
       where not p.stopped and s.channel = p.channel and s.bidx = p.bidx and s.bidx_ver = p.bidx_ver`,
    );
    for (const slice of slices(returned)) await addErasures(tx, slice);
    const people = await peopleBehind(tx, returned);
    await deleteAgain(tx, { people, conversations: hashesOf(returned, 'conversation') });
    await forgetPeople(tx, people);
    await andThen(tx);
    await catchUp(tx, keys, upTo);
    const forgotten = people.length;
    return { kind: 'replayed', added, stopped: stopped ?? 0, forgotten, takenBack };
  });
  await markAgain(pool, keys);
  return replayed;
}

function slices<One>(all: readonly One[]): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / PAGE) }, (_, at) =>
    all.slice(at * PAGE, (at + 1) * PAGE),
  );
}

function hashesOf(erasures: readonly Erasure[], what: Erasure['what']): readonly Buffer[] {
  return erasures.filter((one) => one.what === what).map(({ hash }) => hash);
}

/** What the database knows of was done before its backup was made: whoever came back since stays. */
async function unknownAmong(
  db: Queryable,
  erasures: readonly Erasure[],
): Promise<readonly Erasure[]> {
  const { rows } = await db.query<{ known: string }>(
    `select entry || ' ' || encode(hash, 'hex') as known from contact.erasure
     where entry = any($1::bigint[])`,
    [erasures.map(({ entry }) => entry)],
  );
  const known = new Set(rows.map((row) => row.known));
  return erasures.filter(({ entry, hash }) => !known.has(`${entry} ${hash.toString('hex')}`));
}

async function peopleBehind(
  tx: Queryable,
  erasures: readonly Erasure[],
): Promise<readonly string[]> {
  const people = erasures.filter((one) => one.what === 'person');
  const { rows } = await tx.query<{ id: string }>(
    `select p.id from conv.person p
     join unnest($1::text[], $2::smallint[], $3::bytea[]) as e (channel, version, hash)
       on p.channel = e.channel and p.bidx_ver = e.version and p.bidx = e.hash
     order by p.id for update of p`,
    [
      people.map(({ channel }) => channel),
      people.map(({ version }) => version),
      people.map(({ hash }) => hash),
    ],
  );
  return rows.map(({ id }) => id);
}

async function addOptOuts(tx: Queryable, optOuts: readonly OptOut[]): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into contact.suppression (channel, bidx, bidx_ver, source, since)
     select * from unnest($1::text[], $2::bytea[], $3::smallint[], $4::text[], $5::date[])
     on conflict do nothing`,
    [
      optOuts.map((one) => one.channel),
      optOuts.map((one) => one.hash),
      optOuts.map((one) => one.version),
      optOuts.map((one) => one.source),
      optOuts.map((one) => one.since),
    ],
  );
  return rowCount ?? 0;
}

/** Under their own numbers, so that the next journal holds them too. */
async function addErasures(tx: Queryable, erasures: readonly Erasure[]): Promise<void> {
  await tx.query(
    `insert into contact.erasure (entry, what, channel, version, hash, day)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::bytea[], $6::date[])
     on conflict do nothing`,
    [
      erasures.map((one) => one.entry),
      erasures.map((one) => one.what),
      erasures.map((one) => one.channel ?? null),
      erasures.map((one) => one.version ?? null),
      erasures.map((one) => one.hash),
      erasures.map((one) => one.day),
    ],
  );
}
