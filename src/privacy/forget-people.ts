/** Forgets many people at once, whoever of them is still there; an opt-out stays as a keyed hash. */
import type { Queryable } from '../platform/postgres.ts';

export async function forgetPeople(tx: Queryable, personIds: readonly string[]): Promise<void> {
  await tx.query('delete from contact.address where person_id = any($1::uuid[])', [personIds]);
  await tx.query('delete from conv.person where id = any($1::uuid[])', [personIds]);
}
