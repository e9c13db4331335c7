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

/**
 * After a restore: what was planned when the backup was made may have been sent since. The classes
 * that go at most once go no more; feedback and signposts stay, because they go at least once.
 */
export async function withdrawRestored(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.query(
    `update delivery.outbox
     set state = 'refused', reason = 'restored', body_ct = null, key_day = null,
         lease_until = null, worker = null, ended_on = current_date
     where state in ('planned', 'claimed') and class in ('reply', 'opt-out', 'reminder', 'invitation')`,
  );
  return rowCount ?? 0;
}
