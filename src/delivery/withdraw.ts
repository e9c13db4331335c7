/** Takes back what is planned and has not begun, with the reason: an opt-out, a cancelled round. */
import type { Queryable } from '../platform/postgres.ts';
import type { MessageClass } from './classes.ts';

export type WithdrawReason = 'opted-out' | 'cancelled' | 'expired' | 'forgotten';

/** Counts as refused. What is claimed is stopped by the look before its attempt. */
export async function withdrawPlanned(
  tx: Queryable,
  personId: string,
  classes: readonly MessageClass[],
  reason: WithdrawReason,
): Promise<number> {
  const { rowCount } = await tx.query(
    `update delivery.outbox
     set state = 'refused', reason = $3, body_ct = null, key_day = null, ended_on = current_date
     where person_id = $1 and state = 'planned' and class = any($2)`,
    [personId, classes, reason],
  );
  return rowCount ?? 0;
}
