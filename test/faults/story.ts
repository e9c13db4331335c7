/** What befell a run that broke off, for whoever reads of it: never a value of a statement. */
import type { Ground } from './stage.ts';

/** An error says first why the run broke off, then what had happened, then who waited for whom. */
export async function withItsStory<Result>(
  playing: Promise<Result>,
  { tally, pool }: Ground,
): Promise<Result> {
  try {
    return await playing;
  } catch (error) {
    const waiting = await pool
      .query(WAITING)
      .then(({ rows }) => JSON.stringify(rows, undefined, 1), String);
    throw new Error(`the run broke off: ${reasonOf(error)}\n${tally.story()}\n${waiting}`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `${error instanceof Error ? error.message : String(error)}${code}`;
}

/** Who waits for whom; statements as they were prepared, without their values. */
const WAITING = `
  select pid, state, wait_event, pg_blocking_pids(pid) as blocked_by, left(query, 300) as query
  from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
    and (state <> 'idle' or cardinality(pg_blocking_pids(pid)) > 0)`;
