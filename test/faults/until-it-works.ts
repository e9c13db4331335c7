/**
 * For what a run itself asks of a database that restarts, has no connection left or ends one of two
 * that wait for each other: none of that is Heard's failure.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, QueryResult, QueryResultRow } from 'pg';

const MOST_TRIES = 100;

export async function untilItWorks<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= MOST_TRIES) throw error;
      await sleep(100);
    }
  }
}

/** One statement, which may be made twice: the answer to the first may have got lost. */
export function ask<Row extends QueryResultRow>(
  pool: Pool,
  statement: string,
  values?: unknown[],
): Promise<QueryResult<Row>> {
  return untilItWorks(() => pool.query<Row>(statement, values));
}
