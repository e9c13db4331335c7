/**
 * Addresses, encrypted and bound to their person and channel, so that a row copied onto another
 * person opens for nobody. Only sending reads them back.
 */
import type { ChannelName } from '../channel.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { KeyHolder, VersionedKey } from './keys.ts';
import { decrypt, encrypt } from './seal.ts';

export interface NewAddress {
  readonly person: string;
  readonly channel: ChannelName;
  readonly address: string;
  /** What a channel needs besides, to begin by itself: a Teams conversation reference. */
  readonly reference?: string;
}

export interface Address {
  readonly channel: ChannelName;
  readonly address: string;
  readonly reference?: string;
}

type NewReference = Required<Pick<NewAddress, 'person' | 'channel' | 'reference'>>;

/** A person's address never changes: it is what made them that person. A reference may. */
export async function rememberAddress(
  tx: Queryable,
  keys: KeyHolder,
  one: NewAddress,
): Promise<void> {
  const addressKey = await keys.addressKey();
  const { reference } = one;
  const sealed = reference === undefined ? null : sealReference(addressKey, { ...one, reference });
  await tx.query(
    `insert into contact.address (person_id, channel, addr_ct, addr_ver, reference_ct)
     values ($1, $2, $3, $4, $5)
     on conflict (person_id) do update
       set addr_ct = excluded.addr_ct, addr_ver = excluded.addr_ver,
           reference_ct = excluded.reference_ct
       where excluded.reference_ct is not null`,
    [one.person, one.channel, encryptAddress(addressKey, one), addressKey.version, sealed],
  );
}

/** The newest way to write to somebody whose address is kept; false where none is, and none is now. */
export async function refreshReference(
  tx: Queryable,
  keys: KeyHolder,
  one: NewReference,
): Promise<boolean> {
  const row = (await addressRows(tx, [one.person]))[0];
  if (row === undefined) return false;
  if ((await openRow(keys, row)).reference === one.reference) return true;
  const sealed = sealReference(await keys.addressKey(row.addr_ver), one);
  // Under the key of the address beside it: a rotation that came meanwhile has the last word.
  await tx.query(
    'update contact.address set reference_ct = $2 where person_id = $1 and addr_ver = $3',
    [one.person, sealed, row.addr_ver],
  );
  return true;
}

export function encryptAddress({ key }: VersionedKey, one: NewAddress): Buffer {
  return encrypt(key, Buffer.from(one.address), binding(one.person, one.channel, 'address'));
}

function sealReference({ key }: VersionedKey, one: NewReference): Buffer {
  return encrypt(key, Buffer.from(one.reference), binding(one.person, one.channel, 'reference'));
}

export async function addressOf(
  tx: Queryable,
  keys: KeyHolder,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Address>> {
  const found = new Map<string, Address>();
  for (const row of await addressRows(tx, personIds))
    found.set(row.person_id, await openRow(keys, row));
  return found;
}

/** Of many people: that one address does not open says nothing about the others. */
export async function openEach(
  keys: KeyHolder,
  rows: readonly SealedAddress[],
): Promise<ReadonlyMap<string, Address | 'unopened'>> {
  const found = new Map<string, Address | 'unopened'>();
  // A key holder that is away opens none, and is nobody's fault.
  if (rows.length > 0) await keys.addressKey();
  const keyOf = new Map<number, VersionedKey | undefined>();
  for (const { addr_ver: version } of rows)
    if (!keyOf.has(version))
      keyOf.set(version, await keys.addressKey(version).catch(() => undefined));
  for (const row of rows) found.set(row.person_id, openedOrNot(keyOf.get(row.addr_ver), row));
  return found;
}

function openedOrNot(key: VersionedKey | undefined, row: SealedAddress): Address | 'unopened' {
  try {
    return key === undefined ? 'unopened' : openWith(key, row);
  } catch {
    return 'unopened';
  }
}

async function addressRows(
  tx: Queryable,
  personIds: readonly string[],
): Promise<readonly SealedAddress[]> {
  const { rows } = await tx.query<SealedAddress>({
    name: 'address-of',
    text: `select person_id, channel, addr_ct, addr_ver, reference_ct
           from contact.address where person_id = any($1::uuid[])`,
    values: [personIds],
  });
  return rows;
}

export interface SealedAddress {
  person_id: string;
  channel: ChannelName;
  addr_ct: Buffer;
  addr_ver: number;
  reference_ct: Buffer | null;
}

async function openRow(keys: KeyHolder, row: SealedAddress): Promise<Address> {
  return openWith(await keys.addressKey(row.addr_ver), row);
}

function openWith({ key }: VersionedKey, row: SealedAddress): Address {
  const open = (sealed: Buffer, what: 'address' | 'reference'): string =>
    decrypt(key, sealed, binding(row.person_id, row.channel, what)).toString();
  return {
    channel: row.channel,
    address: open(row.addr_ct, 'address'),
    ...(row.reference_ct === null ? {} : { reference: open(row.reference_ct, 'reference') }),
  };
}

function binding(person: string, channel: string, what: 'address' | 'reference'): Buffer {
  return Buffer.from(`${what} ${person} ${channel}`);
}
