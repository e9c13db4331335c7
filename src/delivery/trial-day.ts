/**
 * The measure of trial mode: so many messages begun by Heard in a day, over all processes. One row
 * of the database counts them, under its lock.
 */
import type { Queryable } from '../platform/postgres.ts';

export const MOST_IN_A_TRIAL_DAY = 50;

/** How many of these may still go today; they count at once. */
export async function withinTrialDay(
  tx: Queryable,
  timeZone: string,
  wanted: number,
): Promise<number> {
  if (wanted === 0) return 0;
  await tx.query(
    `insert into delivery.trial_day (day, attempts)
     values ((clock_timestamp() at time zone $1)::date, 0) on conflict do nothing`,
    [timeZone],
  );
  const { rows } = await tx.query<{ allowed: number }>(
    `update delivery.trial_day t set attempts = t.attempts + allowed.messages
     from (select day, least($2, greatest(0, $3 - attempts))::integer as messages
           from delivery.trial_day
           where day = (clock_timestamp() at time zone $1)::date
           for update) as allowed
     where t.day = allowed.day
     returning allowed.messages as allowed`,
    [timeZone, wanted, MOST_IN_A_TRIAL_DAY],
  );
  return rows[0]?.allowed ?? 0;
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
