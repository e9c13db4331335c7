/**
 * The guest list: in trial mode what Heard starts by itself goes only to these addresses. Kept as
 * keyed hashes; a guest need not be a person yet.
 */
import type { ChannelName } from '../channel.ts';
import type { Queryable } from '../platform/postgres.ts';
import { blindIndexes } from './blind-index.ts';
import type { KeyHolder } from './keys.ts';

export async function addGuest(
  tx: Queryable,
  keys: KeyHolder,
  channel: ChannelName,
  address: string,
): Promise<void> {
  // Under every key still in use: this person's row may carry any of them.
  const indexes = await blindIndexes(keys, channel, address);
  await tx.query(
    `insert into contact.guest (channel, bidx, bidx_ver)
     select $1, bidx, bidx_ver from unnest($2::bytea[], $3::smallint[]) as k (bidx, bidx_ver)
     on conflict do nothing`,
    [channel, indexes.map((one) => one.bidx), indexes.map((one) => one.version)],
  );
}

/** False where they were not on it. */
export async function removeGuest(
  tx: Queryable,
  keys: KeyHolder,
  channel: ChannelName,
  address: string,
): Promise<boolean> {
  const indexes = await blindIndexes(keys, channel, address);
  const { rowCount } = await tx.query(
    `delete from contact.guest g
     using unnest($2::bytea[], $3::smallint[]) as k (bidx, bidx_ver)
     where g.channel = $1 and g.bidx = k.bidx and g.bidx_ver = k.bidx_ver`,
    [channel, indexes.map((one) => one.bidx), indexes.map((one) => one.version)],
  );
  return (rowCount ?? 0) > 0;
}

export async function guestsAmong(
  tx: Queryable,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows: people } = await tx.query<PersonIndex>(
    'select id, channel, bidx, bidx_ver from conv.person where id = any($1::uuid[])',
    [personIds],
  );
  const { rows } = await tx.query<{ id: string }>(
    `select k.id
     from unnest($1::uuid[], $2::text[], $3::bytea[], $4::smallint[]) as k (id, channel, bidx, bidx_ver)
     join contact.guest g
       on g.channel = k.channel and g.bidx = k.bidx and g.bidx_ver = k.bidx_ver`,
    [
      people.map((one) => one.id),
      people.map((one) => one.channel),
      people.map((one) => one.bidx),
      people.map((one) => one.bidx_ver),
    ],
  );
  return new Set(rows.map((row) => row.id));
}

interface PersonIndex {
  id: string;
  channel: string;
  bidx: Buffer;
  bidx_ver: number;
}
