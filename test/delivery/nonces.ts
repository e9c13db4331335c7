/** Attempts that a test writes into the outbox itself get nonces that name their rows. */
import { randomUUID } from 'node:crypto';
import { nonceFor } from '../../src/delivery/nonce.ts';
import type { Queryable } from '../../src/platform/postgres.ts';

export async function nameRows(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    'select id from delivery.outbox where nonce is not null',
  );
  await db.query(
    `update delivery.outbox o set nonce = r.nonce
     from unnest($1::bigint[], $2::uuid[]) as r (id, nonce) where o.id = r.id`,
    [rows.map(({ id }) => id), rows.map(({ id }) => nonceFor(id, randomUUID()))],
  );
}
