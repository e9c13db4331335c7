/** How many responses of a consultation have been released, exactly: for rounding, never for showing. */
import type { Queryable } from '../platform/postgres.ts';

export async function countResponses(tx: Queryable, consultation: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'select count(*)::int as count from resp.response where consultation_id = $1',
    [consultation],
  );
  return rows[0]?.count ?? 0;
}
