/**
 * Fills the list of a broadcast (delivery/recipients.ts) with people, one statement for any number:
 * everyone who hears what happened, or those of an audience file who may be invited.
 */
import type { InCircle } from '../delivery/contact-cap.ts';
import { plannedInSets, type Queryable } from '../platform/postgres.ts';

/**
 * Who hears what happened in $1, each person once. Whoever has linked channels is told on the one
 * linked last that they have not stopped, wherever they took part. The few who have linked anything
 * are hashed once, so that a million others cost no more than without them.
 */
const HEARS = `(
  select p.id, p.channel, p.stopped, p.language
  from conv.participation t join conv.person p on p.id = t.person_id
  where t.consultation_id = $1
    and t.person_id not in (select l.person_id from conv.link l)
  union all
  select newest.id, newest.channel, newest.stopped, newest.language
  from (select distinct l.circle
        from conv.participation t join conv.link l on l.person_id = t.person_id
        where t.consultation_id = $1) c
  cross join lateral (
    select p.* from conv.link l join conv.person p on p.id = l.person_id
    where l.circle = c.circle order by p.stopped, l.place desc limit 1) newest
) p`;

/** Everyone who takes part or follows; who has stopped, or reads it on the web, is not written to. */
export async function listParticipants(
  tx: Queryable,
  consultationId: string,
  languages: readonly string[],
): Promise<void> {
  await plannedInSets(tx);
  await tx.query(
    `insert into pg_temp.recipient (person_id, channel, wording, reachable)
     select p.id, p.channel,
            p.channel || ' ' || case when p.language = any($2) then p.language else 'en' end,
            p.channel <> 'web' and not p.stopped
     from ${HEARS}`,
    [consultationId, languages],
  );
}

export interface Enlisted {
  readonly personId: string;
  readonly wording: string;
}

export async function listInvitees(tx: Queryable, people: readonly Enlisted[]): Promise<void> {
  await tx.query(
    `insert into pg_temp.recipient (person_id, channel, wording, reachable)
     select person, 'sms', wording, true from unnest($1::uuid[], $2::text[]) as l (person, wording)`,
    [people.map((one) => one.personId), people.map((one) => one.wording)],
  );
}

/**
 * Whoever takes part already is not invited again, and who was forgotten or stopped since the list
 * was made is not on it any more.
 */
export async function leaveOutParticipants(tx: Queryable, consultationId: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update pg_temp.recipient r set reachable = false
     where r.reachable
       and (exists (select from conv.participation t
                    where t.person_id = r.person_id and t.consultation_id = $1)
            or exists (select from conv.conversation c
                       where c.person_id = r.person_id and c.consultation_id = $1)
            or not exists (select from conv.person p
                           where p.id = r.person_id and not p.stopped))`,
    [consultationId],
  );
  return (rowCount ?? 0) + (await leaveOutLinked(tx, consultationId));
}

/** Who takes part on another channel, and all but one number of the same person. */
async function leaveOutLinked(tx: Queryable, consultationId: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update pg_temp.recipient r set reachable = false
     from (
       select own.person_id
       from conv.link own join conv.link l on l.circle = own.circle
       join conv.participation t on t.person_id = l.person_id
       where t.consultation_id = $1
       union
       select own.person_id
       from conv.link own join conv.link l on l.circle = own.circle and l.place > own.place
       join pg_temp.recipient o on o.person_id = l.person_id
       where o.reachable
     ) once
     where r.reachable and r.person_id = once.person_id`,
    [consultationId],
  );
  return rowCount ?? 0;
}

/** To `pg_temp.had` (delivery/same-words.ts): what somebody has had on one channel, they have had. */
export async function addTheirLinked(tx: Queryable): Promise<void> {
  await tx.query(
    `insert into pg_temp.had (person_id, wording)
     select other.person_id, h.wording
     from pg_temp.had h join conv.link own on own.person_id = h.person_id
     join conv.link other on other.circle = own.circle and other.person_id <> own.person_id`,
  );
}

/** Of those on the list who have linked anything: all who are the same person as they. */
export async function circlesOfRecipients(tx: Queryable): Promise<readonly InCircle[]> {
  const { rows } = await tx.query<InCircle>(
    `select person_id as "personId", circle from conv.link
     where circle in (select own.circle from conv.link own
                      join pg_temp.recipient r on r.person_id = own.person_id)`,
  );
  return rows;
}

export async function insertInvitations(
  tx: Queryable,
  one: {
    readonly consultationId: string;
    readonly day: string;
    readonly remindAt: Date | null;
  },
): Promise<void> {
  await tx.query(
    `insert into conv.invitation (person_id, consultation_id, invited_on, remind_at)
     select r.person_id, $1, $2, $3 from pg_temp.recipient r where r.reachable
     order by r.person_id
     on conflict do nothing`,
    [one.consultationId, one.day, one.remindAt],
  );
}

export async function countReachable(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ people: number }>(
    'select count(*)::int as people from pg_temp.recipient where reachable',
  );
  return rows[0]?.people ?? 0;
}
