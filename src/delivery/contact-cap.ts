/**
 * How often one person is written to first: invitations and reminders of all consultations within
 * thirty days. What waits to be sent counts; what never left does not. Never asked for feedback.
 */
import type { Queryable } from '../platform/postgres.ts';

const DAYS = 30;

const RECENT = `
  select person_id from delivery.outbox
  where class in ('invitation', 'reminder') and not resent
    and state <> 'refused' and (state <> 'failed' or was_accepted)
    and (ended_on is null or ended_on > current_date - ${DAYS})
  union all
  select person_id from delivery.contact where day > current_date - ${DAYS}`;

/** Those of `pg_temp.recipient` who have had their measure are no longer reachable; gives how many. */
export async function leaveOutOverContacted(tx: Queryable, cap: number): Promise<number> {
  const { rowCount } = await tx.query(
    `update pg_temp.recipient r set reachable = false
     from (select person_id from (${RECENT}) recent group by person_id having count(*) >= $1) often
     where often.person_id = r.person_id and r.reachable`,
    [cap],
  );
  return rowCount ?? 0;
}

export async function overContactedAmong(
  db: Queryable,
  personIds: readonly string[],
  cap: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ person_id: string }>(
    `select recent.person_id from (${RECENT}) recent
     where recent.person_id = any($1::uuid[])
     group by recent.person_id having count(*) >= $2`,
    [personIds, cap],
  );
  return new Set(rows.map((row) => row.person_id));
}

/** What no cap can need any more. */
export async function deleteOldContacts(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `delete from delivery.contact where day <= current_date - ${DAYS}`,
  );
  return rowCount ?? 0;
}
