/** The one answer a day to texts that fit nothing, marked on the person: taken once, by whoever asks first. */
import type { Queryable } from '../platform/postgres.ts';

/** True for the first caller of that day. */
export async function takeDailyNudge(
  tx: Queryable,
  personId: string,
  day: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update conv.person set nudged_on = $2
     where id = $1 and (nudged_on is null or nudged_on <> $2)`,
    [personId, day],
  );
  return rowCount === 1;
}
