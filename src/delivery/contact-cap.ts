/**
 * How often one person is written to first: invitations and reminders of all consultations within
 * thirty days. What waits to be sent counts, and what may have been; what never left does not. Never
 * asked for feedback.
 *
 * Who has linked channels is one person with all of them. Delivery knows no links: whoever asks
 * brings the circles of those who may be concerned.
 */
import type { Queryable } from '../platform/postgres.ts';

const DAYS = 30;

/** Somebody who has linked something, and the circle of all who are the same person. */
export interface InCircle {
  readonly personId: string;
  readonly circle: string;
}

const RECENT = `
  select person_id from delivery.outbox
  where class in ('invitation', 'reminder') and not resent
    and state <> 'refused' and (state <> 'failed' or was_accepted)
    and (ended_on is null or ended_on > current_date - ${DAYS})
  union all
  select person_id from delivery.contact where day > current_date - ${DAYS}`;

const LOCK = `hashtext('heard contact cap')`;

/**
 * One at a time, until the transaction ends: two who plan for one person must not both find room
 * under the cap.
 */
export async function holdCap(tx: Queryable): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${LOCK})`);
}

/** False while somebody else has it: a million people may be in the planning. */
export async function tryToHoldCap(tx: Queryable): Promise<boolean> {
  const { rows } = await tx.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(${LOCK}) as held`,
  );
  return rows[0]?.held === true;
}

/** Those of `pg_temp.recipient` who have had their measure are no longer reachable; gives how many. */
export async function leaveOutOverContacted(
  tx: Queryable,
  cap: number,
  linked: readonly InCircle[],
): Promise<number> {
  const { rowCount } = await tx.query(
    `with linked as (
       select person_id, circle from unnest($2::uuid[], $3::uuid[]) as l (person_id, circle)
     ),
     often as (
       select coalesce(l.circle, recent.person_id) as one
       from (${RECENT}) recent left join linked l on l.person_id = recent.person_id
       group by 1 having count(*) >= $1
     )
     update pg_temp.recipient r set reachable = false
     from (select one as person_id from often
           union
           select l.person_id from often join linked l on l.circle = often.one) too_often
     where too_often.person_id = r.person_id and r.reachable`,
    [cap, linked.map((one) => one.personId), linked.map((one) => one.circle)],
  );
  return rowCount ?? 0;
}

/** What is left of the measure of some people, while more is planned for them. */
export interface Measure {
  readonly isFull: (personId: string) => boolean;
  /** Another one is planned. */
  readonly note: (personId: string) => void;
}

export async function measureOf(
  db: Queryable,
  personIds: readonly string[],
  { cap, linked }: { readonly cap: number; readonly linked: readonly InCircle[] },
): Promise<Measure> {
  const circles = new Map(linked.map((one) => [one.personId, one.circle]));
  const oneOf = (personId: string): string => circles.get(personId) ?? personId;
  const { rows } = await db.query<{ person_id: string; times: number }>(
    `select person_id, count(*)::int as times from (${RECENT}) recent
     where person_id = any($1::uuid[]) group by person_id`,
    [[...new Set([...personIds, ...circles.keys()])]],
  );
  const times = new Map<string, number>();
  const add = (personId: string, more: number): void => {
    times.set(oneOf(personId), (times.get(oneOf(personId)) ?? 0) + more);
  };
  for (const row of rows) add(row.person_id, row.times);
  return {
    isFull: (personId) => (times.get(oneOf(personId)) ?? 0) >= cap,
    note: (personId) => add(personId, 1),
  };
}

/** What no cap can need any more. */
export async function deleteOldContacts(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `delete from delivery.contact where day <= current_date - ${DAYS}`,
  );
  return rowCount ?? 0;
}
