/**
 * A whole audience file becomes people with addresses, by set-based statements: a hundred thousand
 * rows in seconds. Someone who opted out earlier is found, stays stopped, and their address is not
 * stored.
 */
import type { ChannelName } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import type { Queryable } from '../platform/postgres.ts';
import { encryptAddress } from './addresses.ts';
import { type BlindIndex, blindIndexes } from './blind-index.ts';
import type { KeyHolder } from './keys.ts';

export interface EnrolRow {
  readonly channel: ChannelName;
  readonly address: string;
  readonly language?: string;
}

export interface Enrolled {
  readonly person: string;
  readonly stopped: boolean;
}

const ROWS_A_STATEMENT = 5_000;

export async function enrolMany(
  tx: Queryable,
  keys: KeyHolder,
  ambient: Ambient,
  rows: readonly EnrolRow[],
): Promise<readonly Enrolled[]> {
  const unique = new Map(rows.map((row) => [identity(row), row]));
  const enrolled = new Map<string, Enrolled>();
  const all = [...unique.values()];
  for (let from = 0; from < all.length; from += ROWS_A_STATEMENT) {
    const slice = await Promise.all(
      all.slice(from, from + ROWS_A_STATEMENT).map((row) => withIndexes(keys, row)),
    );
    await enrolSlice(tx, ambient, slice, enrolled);
    await storeAddresses(tx, keys, slice, enrolled);
  }
  return rows.map((row) => {
    const one = enrolled.get(identity(row));
    if (!one) throw new Error('a row was not enrolled');
    return one;
  });
}

/** What is known of an address that nothing is written for. */
export interface Known {
  /** Undefined: not met yet. */
  readonly person?: string;
  readonly stopped: boolean;
  readonly isGuest: boolean;
}

/** As `enrolMany`, but it only looks: nothing is written. In the order of the rows. */
export async function lookUpMany(
  tx: Queryable,
  keys: KeyHolder,
  rows: readonly EnrolRow[],
): Promise<readonly Known[]> {
  const known: Known[] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    const slice = await Promise.all(
      rows.slice(from, from + ROWS_A_STATEMENT).map((row) => withIndexes(keys, row)),
    );
    const found = new Map<string, Enrolled>();
    await findPeople(tx, slice, found);
    const suppressed = await findSuppressed(tx, slice);
    const guests = await findGuests(tx, slice);
    for (const row of slice) {
      const one = found.get(identity(row));
      known.push({
        ...(one ? { person: one.person } : {}),
        stopped: one?.stopped === true || suppressed.has(row),
        isGuest: guests.has(row),
      });
    }
  }
  return known;
}

interface Indexed extends EnrolRow {
  /** The newest first. */
  readonly indexes: readonly BlindIndex[];
}

async function withIndexes(keys: KeyHolder, row: EnrolRow): Promise<Indexed> {
  return { ...row, indexes: await blindIndexes(keys, row.channel, row.address) };
}

function identity({ channel, address }: EnrolRow): string {
  return `${channel}\0${address}`;
}

async function enrolSlice(
  tx: Queryable,
  ambient: Ambient,
  slice: readonly Indexed[],
  enrolled: Map<string, Enrolled>,
): Promise<void> {
  await findPeople(tx, slice, enrolled);
  const newcomers = slice.filter((row) => !enrolled.has(identity(row)));
  if (newcomers.length === 0) return;
  const suppressed = await findSuppressed(tx, newcomers);
  // In the index's order, so that two files at once never wait for each other in a ring.
  const ordered = newcomers.toSorted((a, b) => Buffer.compare(newest(a).bidx, newest(b).bidx));
  await tx.query(
    `insert into conv.person (id, channel, bidx, bidx_ver, language, stopped)
     select * from unnest($1::uuid[], $2::text[], $3::bytea[], $4::smallint[], $5::text[], $6::boolean[])
     on conflict do nothing`,
    [
      ordered.map(() => ambient.newId()),
      ordered.map((row) => row.channel),
      ordered.map((row) => newest(row).bidx),
      ordered.map((row) => newest(row).version),
      ordered.map((row) => row.language ?? null),
      ordered.map((row) => suppressed.has(row)),
    ],
  );
  await findPeople(tx, newcomers, enrolled);
}

function newest(row: Indexed): BlindIndex {
  const index = row.indexes[0];
  if (!index) throw new Error('there is no blind-index key');
  return index;
}

async function findPeople(
  tx: Queryable,
  slice: readonly Indexed[],
  enrolled: Map<string, Enrolled>,
): Promise<void> {
  const lookup = lookupOf(slice);
  const { rows } = await tx.query<{ at: number; id: string; stopped: boolean }>(
    `select k.at, p.id, p.stopped
     from unnest($1::int[], $2::text[], $3::bytea[], $4::smallint[]) as k (at, channel, bidx, bidx_ver)
     join conv.person p
       on p.channel = k.channel and p.bidx = k.bidx and p.bidx_ver = k.bidx_ver`,
    lookup,
  );
  for (const { at, id, stopped } of rows) {
    const row = slice[at];
    if (row) enrolled.set(identity(row), { person: id, stopped });
  }
}

function findSuppressed(tx: Queryable, slice: readonly Indexed[]): Promise<ReadonlySet<Indexed>> {
  return listedIn(tx, 'contact.suppression', slice);
}

function findGuests(tx: Queryable, slice: readonly Indexed[]): Promise<ReadonlySet<Indexed>> {
  return listedIn(tx, 'contact.guest', slice);
}

async function listedIn(
  tx: Queryable,
  table: 'contact.suppression' | 'contact.guest',
  slice: readonly Indexed[],
): Promise<ReadonlySet<Indexed>> {
  const { rows } = await tx.query<{ at: number }>(
    `select k.at
     from unnest($1::int[], $2::text[], $3::bytea[], $4::smallint[]) as k (at, channel, bidx, bidx_ver)
     join ${table} l
       on l.channel = k.channel and l.bidx = k.bidx and l.bidx_ver = k.bidx_ver`,
    lookupOf(slice),
  );
  return new Set(rows.flatMap(({ at }) => slice[at] ?? []));
}

/** One entry for each row and key version: row number, channel, index, version. */
function lookupOf(slice: readonly Indexed[]): unknown[] {
  const entries = slice.flatMap((row, at) => row.indexes.map((index) => ({ at, row, index })));
  return [
    entries.map(({ at }) => at),
    entries.map(({ row }) => row.channel),
    entries.map(({ index }) => index.bidx),
    entries.map(({ index }) => index.version),
  ];
}

async function storeAddresses(
  tx: Queryable,
  keys: KeyHolder,
  slice: readonly Indexed[],
  enrolled: ReadonlyMap<string, Enrolled>,
): Promise<void> {
  const addressKey = await keys.addressKey();
  const addresses = slice.flatMap(({ channel, address, ...row }) => {
    const one = enrolled.get(identity({ channel, address, ...row }));
    return one && !one.stopped ? [{ person: one.person, channel, address }] : [];
  });
  await tx.query(
    `insert into contact.address (person_id, channel, addr_ct, addr_ver)
     select person_id, channel, addr_ct, $4
     from unnest($1::uuid[], $2::text[], $3::bytea[]) as a (person_id, channel, addr_ct)
     on conflict do nothing`,
    [
      addresses.map((one) => one.person),
      addresses.map((one) => one.channel),
      addresses.map((one) => encryptAddress(addressKey, one)),
      addressKey.version,
    ],
  );
}
