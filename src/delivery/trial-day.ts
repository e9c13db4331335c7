/**
 * The measure of trial mode: so many messages begun by Heard in a day, over all processes. One row
 * of the database counts them, under its lock.
 */
import type { Queryable } from '../platform/postgres.ts';

export const MOST_IN_A_TRIAL_DAY = 50;

export interface WithinTrialDay {
  readonly allowed: number;
  /** An ISO date. */
  readonly day: string;
}

/** How many of these may still go today; they count at once. */
export async function withinTrialDay(
  tx: Queryable,
  timeZone: string,
  wanted: number,
): Promise<WithinTrialDay> {
  await tx.query(
    `insert into delivery.trial_day (day, attempts)
     values ((clock_timestamp() at time zone $1)::date, 0) on conflict do nothing`,
    [timeZone],
  );
  const { rows } = await tx.query<WithinTrialDay>(
    `update delivery.trial_day t set attempts = t.attempts + allowed.messages
     from (select day, least($2, greatest(0, $3 - attempts))::integer as messages
           from delivery.trial_day
           where day = (clock_timestamp() at time zone $1)::date
           for update) as allowed
     where t.day = allowed.day
     returning allowed.messages as allowed, to_char(t.day, 'YYYY-MM-DD') as day`,
    [timeZone, wanted, MOST_IN_A_TRIAL_DAY],
  );
  const [within] = rows;
  if (!within) throw new Error("the trial's day gave no row");
  return within;
}

/** These were counted on those days, and nothing left. */
export async function giveBackTrialDays(tx: Queryable, days: readonly string[]): Promise<void> {
  if (days.length === 0) return;
  await tx.query(
    `update delivery.trial_day t set attempts = t.attempts - given.messages
     from (select day, count(*)::integer as messages from unnest($1::date[]) as d (day)
           group by day) as given
     where t.day = given.day`,
    [days],
  );
}

/** How many more may go today. */
export async function leftOfTrialDay(db: Queryable, timeZone: string): Promise<number> {
  const { rows } = await db.query<{ attempts: number }>(
    `select attempts from delivery.trial_day
     where day = (clock_timestamp() at time zone $1)::date`,
    [timeZone],
  );
  return Math.max(0, MOST_IN_A_TRIAL_DAY - (rows[0]?.attempts ?? 0));
}
