/** How many rows there are, of a table or of what stands behind `from`. */
import type { TestHeard } from '../support/open-test-heard.ts';

export async function rowCount({ heard }: TestHeard, from: string): Promise<number> {
  const { rows } = await heard.world.pool.query<{ n: number }>(
    `select count(*)::int as n from ${from}`,
  );
  return rows[0]?.n ?? 0;
}
