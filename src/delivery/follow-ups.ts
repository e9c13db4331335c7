/**
 * What comes later in a broadcast's sequence goes only behind what came first: a question about a
 * text must never be all that somebody gets. Looks at the few that ended without arriving; an
 * ordinary message costs nothing here.
 */
import type { Queryable } from '../platform/postgres.ts';

/**
 * These ended, and have not arrived. Call it in the transaction that ends them: until it commits,
 * nobody can claim what comes behind. Gives how many were withheld.
 */
export async function withholdFollowUps(tx: Queryable, ended: readonly string[]): Promise<number> {
  if (ended.length === 0) return 0;
  const { rowCount } = await tx.query({
    name: 'outbox-withhold',
    text: `update delivery.outbox later
           set state = 'refused', reason = 'nothing-before-it', lease_until = null, worker = null,
               ended_on = current_date
           from delivery.outbox first
           where first.id = any($1::bigint[]) and first.broadcast_id is not null
             and first.state in ('refused', 'failed', 'undelivered')
             and not exists (select from delivery.outbox original
                             where original.id = first.resend_of and original.state = any($2))
             and not exists (select from delivery.outbox copy
                             where copy.resend_of = coalesce(first.resend_of, first.id)
                               and copy.id <> first.id and copy.state = any($2))
             and later.person_id = first.person_id and later.broadcast_id = first.broadcast_id
             and later.ordinal > first.ordinal and later.state in ('planned', 'claimed')`,
    values: [ended, STILL_GOOD],
  });
  return rowCount ?? 0;
}

/** Another row of the same message: it has come through, or still may. */
const STILL_GOOD = ['planned', 'claimed', 'attempting', 'accepted', 'sent', 'delivered'] as const;
