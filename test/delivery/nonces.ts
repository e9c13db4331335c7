/** Attempts that a test writes into the outbox itself get nonces that name their rows. */
import { randomUUID } from 'node:crypto';
import { nonceFor } from '../../src/delivery/nonce.ts';
import type { Queryable } from '../../src/platform/postgres.ts';

export async function giveNonce(db: Queryable, rowId: string): Promise<string> {
  const nonce = nonceFor(rowId, randomUUID());
  await db.query('update delivery.outbox set nonce = $2 where id = $1', [rowId, nonce]);
  return nonce;
}
