/**
 * The invited whose one reminder is due, a page at a time. It knows when to look, and what became of
 * the people; what became of their invitations is delivery's to say.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface SilentInvitee {
  readonly personId: string;
  readonly language?: string;
  /** Stopped, or not silent any more on any of their channels. */
  readonly isOut: boolean;
}

/** Holds their invitations until the transaction ends: who joins in that moment waits for it. */
export async function silentInvitees(
  tx: Queryable,
  due: { readonly consultationId: string; readonly now: Date; readonly limit: number },
): Promise<readonly SilentInvitee[]> {
  const { rows } = await tx.query<{
    person_id: string;
    language: string | null;
    is_out: boolean;
  }>(
    `select i.person_id, p.language, p.stopped or exists (
              select from (select i.person_id as id
                           union
                           select l.person_id from conv.link own
                           join conv.link l on l.circle = own.circle
                           where own.person_id = i.person_id) same
              where exists (select from conv.participation t
                            where t.person_id = same.id and t.consultation_id = i.consultation_id)
                 or exists (select from conv.conversation c
                            where c.person_id = same.id and c.consultation_id = i.consultation_id)
            ) as is_out
     from conv.invitation i join conv.person p on p.id = i.person_id
     where i.consultation_id = $1 and i.remind_at <= $2
     order by i.remind_at limit $3 for update of i skip locked`,
    [due.consultationId, due.now, due.limit],
  );
  return rows.map((row) => ({
    personId: row.person_id,
    isOut: row.is_out,
    ...(row.language === null ? {} : { language: row.language }),
  }));
}

interface LookAgain {
  readonly personId: string;
  /** Null: never. */
  readonly at: Date | null;
}

export async function lookAgain(
  tx: Queryable,
  consultationId: string,
  people: readonly LookAgain[],
): Promise<void> {
  await tx.query(
    `update conv.invitation i set remind_at = l.at
     from unnest($2::uuid[], $3::timestamptz[]) as l (person_id, at)
     where i.person_id = l.person_id and i.consultation_id = $1`,
    [consultationId, people.map((one) => one.personId), people.map((one) => one.at)],
  );
}
