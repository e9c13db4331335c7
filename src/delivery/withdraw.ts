/** Takes back what is planned and has not begun, with the reason: an opt-out, a cancelled round. */
import type { Queryable } from '../platform/postgres.ts';
import type { MessageClass } from './classes.ts';

export type WithdrawReason = 'opted-out' | 'cancelled' | 'expired' | 'forgotten';

const TAKEN_BACK = `state = 'refused', body_ct = null, key_day = null, ended_on = current_date`;

/** Counts as refused. What is claimed is stopped by the look before its attempt. */
export async function withdrawPlanned(
  tx: Queryable,
  personId: string,
  classes: readonly MessageClass[],
  reason: WithdrawReason,
): Promise<number> {
  const { rowCount } = await tx.query(
    `update delivery.outbox set ${TAKEN_BACK}, reason = $3
     where person_id = $1 and state = 'planned' and class = any($2)`,
    [personId, classes, reason],
  );
  return rowCount ?? 0;
}

/** They take part: nobody asks them to any more, nor whether they are still there. */
export async function withdrawAsking(
  tx: Queryable,
  personIds: readonly string[],
  consultationId: string,
): Promise<void> {
  await tx.query({
    name: 'outbox-withdraw-asking',
    text: `update delivery.outbox o set ${TAKEN_BACK}, reason = 'takes-part'
           where o.person_id = any($1::uuid[]) and o.state = 'planned'
             and o.class in ('invitation', 'reminder')
             and (o.consultation_id = $2
                  or exists (select from delivery.broadcast b
                             where b.id = o.broadcast_id and b.consultation_id = $2))`,
    values: [personIds, consultationId],
  });
}

/** The reminders of one consultation that have not left. */
export async function withdrawReminders(tx: Queryable, consultationId: string): Promise<void> {
  await tx.query(
    `update delivery.outbox o set ${TAKEN_BACK}, reason = 'closed'
     where o.state = 'planned' and o.class = 'reminder' and o.consultation_id = $1
       and coalesce(o.broadcast_id, '00000000-0000-0000-0000-000000000000')
           = '00000000-0000-0000-0000-000000000000'`,
    [consultationId],
  );
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
