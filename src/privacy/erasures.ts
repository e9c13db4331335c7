/**
 * Remembers what people had deleted for as long as a backup could bring it back, so that it can be
 * deleted again after a restore. Keyed hashes only: without the keys they name nobody and nothing.
 */
import { createHmac } from 'node:crypto';
import { type LeftRow, leftOf, type Store } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { KeyHolder } from './keys.ts';

/** In the transaction that forgets them, and before it does. */
export async function noteForgotten(tx: Queryable, personId: string): Promise<void> {
  await tx.query(
    `insert into contact.erasure (what, channel, version, hash)
     select 'person', channel, bidx_ver, bidx from conv.person where id = $1`,
    [personId],
  );
}

/** In the transaction that deletes a conversation under way because somebody asked for it. */
export async function noteDropped(
  tx: Queryable,
  keys: KeyHolder,
  conversationId: string,
): Promise<void> {
  const [hash] = await conversationHashes(keys, [conversationId]);
  await tx.query(`insert into contact.erasure (what, hash) values ('conversation', $1)`, [hash]);
}

/** How a conversation is named among the erasures. */
export async function conversationHashes(
  keys: KeyHolder,
  ids: readonly string[],
): Promise<readonly Buffer[]> {
  const key = await keys.messageIdKey();
  return ids.map((id) => createHmac('sha256', key).update(`erased conversation\0${id}`).digest());
}

/** Longer than any backup of the database is kept. */
const DAYS = 30;

export function keepErasures(db: Queryable): Store {
  return {
    store: 'what people had deleted, hashed',
    rule: '30 days: longer than any backup that could bring back what was deleted',
    tables: ['contact.erasure'],
    keep: async () => {
      const { rowCount } = await db.query(
        `delete from contact.erasure where day < current_date - ${DAYS}`,
      );
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(day)::text as oldest from contact.erasure',
      );
      return { deleted: rowCount ?? 0, ...leftOf(rows[0]) };
    },
  };
}
