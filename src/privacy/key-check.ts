/**
 * Whether these keys belong to this database. Starting with other keys would lose every person and
 * every answer in flight, silently; so it is refused before anything is read or written.
 */
import type { Queryable } from '../platform/postgres.ts';
import type { KeyHolder } from './keys.ts';

export type KeysChecked =
  | { readonly kind: 'belong' }
  | { readonly kind: 'refused'; readonly reason: string };

export async function checkKeys(pool: Queryable, keys: KeyHolder): Promise<KeysChecked> {
  const known = await knownValue(pool);
  if (known === undefined) return adopt(pool, keys);
  if (await keys.isNew()) {
    return refused(
      'This database is in use, but the keys folder is empty: its keys are lost, or HEARD_KEYS_DIR names another folder. Put the keys back from their backup, or name the right folder.',
    );
  }
  return compare(known, await keys.checkValue());
}

/** A database without a mark takes the keys it meets first, unless people are in it already. */
async function adopt(pool: Queryable, keys: KeyHolder): Promise<KeysChecked> {
  const { rows } = await pool.query<{ used: boolean }>(
    'select exists (select from conv.person) as used',
  );
  if (rows[0]?.used) {
    return refused(
      'This database holds people, but no mark of the keys that belong to it. Restore it from a whole backup.',
    );
  }
  const value = await keys.checkValue();
  await pool.query('insert into contact.key_check (value) values ($1) on conflict do nothing', [
    value,
  ]);
  // Another node may have been first, and with other keys.
  return compare(await knownValue(pool), value);
}

async function knownValue(pool: Queryable): Promise<Buffer | undefined> {
  const { rows } = await pool.query<{ value: Buffer }>('select value from contact.key_check');
  return rows[0]?.value;
}

function compare(known: Uint8Array | undefined, value: Uint8Array): KeysChecked {
  if (known && Buffer.compare(known, value) === 0) return { kind: 'belong' };
  return refused(
    'The keys in HEARD_KEYS_DIR belong to another database. Name the folder that belongs to this one.',
  );
}

function refused(reason: string): KeysChecked {
  return { kind: 'refused', reason };
}
