/**
 * The rows of conv.person: an opaque id for each address that ever wrote or was invited. Nothing
 * here stores or returns an address.
 */
import type { ChannelName } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type BlindIndex, blindIndexes } from './blind-index.ts';
import { noteForgotten } from './erasures.ts';
import type { KeyHolder } from './keys.ts';
import { unlink } from './links.ts';

export interface NewContact {
  readonly channel: ChannelName;
  /** Canonical: two ways to write one number must have become one before. */
  readonly address: string;
  readonly language?: string;
}

export interface Person {
  readonly id: string;
  readonly channel: ChannelName;
  readonly stopped: boolean;
  readonly language?: string;
}

/** A person erased by another transaction in the same moment is simply made again. */
const MOST_TRIES = 5;

export async function findOrCreatePerson(
  tx: Queryable,
  keys: KeyHolder,
  ambient: Ambient,
  contact: NewContact,
): Promise<Person> {
  const indexes = await blindIndexes(keys, contact.channel, contact.address);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    // While a key is rotated a person may stand under the older one; otherwise the newcomer first,
    // for whoever is known was found before anybody asked for them here.
    const found = indexes.length > 1 ? await findPerson(tx, contact.channel, indexes) : undefined;
    if (found) return found;
    const made = await insertPerson(tx, ambient.newId(), contact, indexes);
    if (made) return made;
    const foundNow = await findPerson(tx, contact.channel, indexes);
    if (foundNow) return foundNow;
  }
  throw new Error('a person could neither be found nor made');
}

async function findPerson(
  tx: Queryable,
  channel: ChannelName,
  indexes: readonly BlindIndex[],
): Promise<Person | undefined> {
  const { rows } = await tx.query<PersonRow>(
    `select p.id, p.channel, p.stopped, p.language
     from unnest($2::bytea[], $3::smallint[]) as k (bidx, bidx_ver)
     join conv.person p on p.channel = $1 and p.bidx = k.bidx and p.bidx_ver = k.bidx_ver
     order by p.bidx_ver desc limit 1`,
    [channel, indexes.map((one) => one.bidx), indexes.map((one) => one.version)],
  );
  return rows[0] && fromRow(rows[0]);
}

/** Someone who opted out earlier comes back as stopped: the suppression outlives the person. */
async function insertPerson(
  tx: Queryable,
  id: string,
  { channel, language }: NewContact,
  indexes: readonly BlindIndex[],
): Promise<Person | undefined> {
  const { rows } = await tx.query<PersonRow>({
    name: 'insert-person',
    text: `insert into conv.person (id, channel, bidx, bidx_ver, language, stopped)
     select $1, $2, $3, $4, $5, exists (
       select from contact.suppression s
       join unnest($6::bytea[], $7::smallint[]) as k (bidx, bidx_ver)
         on s.channel = $2 and s.bidx = k.bidx and s.bidx_ver = k.bidx_ver)
     on conflict do nothing
     returning id, channel, stopped, language`,
    values: [
      id,
      channel,
      indexes[0]?.bidx,
      indexes[0]?.version,
      language ?? null,
      indexes.map((one) => one.bidx),
      indexes.map((one) => one.version),
    ],
  });
  return rows[0] && fromRow(rows[0]);
}

export async function peopleAmong(
  tx: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const { rows } = await tx.query<PersonRow>(
    'select id, channel, stopped, language from conv.person where id = any($1::uuid[])',
    [personIds],
  );
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

export async function setLanguage(
  tx: Queryable,
  personId: string,
  language: string,
): Promise<void> {
  await tx.query('update conv.person set language = $2 where id = $1', [personId, language]);
}

export async function forget(tx: Queryable, personId: string): Promise<void> {
  await noteForgotten(tx, personId);
  await unlink(tx, personId);
  await tx.query('delete from contact.address where person_id = $1', [personId]);
  await tx.query('delete from conv.person where id = $1', [personId]);
}

interface PersonRow {
  id: string;
  channel: ChannelName;
  stopped: boolean;
  language: string | null;
}

function fromRow({ id, channel, stopped, language }: PersonRow): Person {
  return { id, channel, stopped, ...(language === null ? {} : { language }) };
}
