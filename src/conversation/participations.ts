/**
 * Who takes part in what, as opaque ids: what stops a second vote, what CHECK reads and whom the
 * feedback goes to. It must never say what anybody answered, nor at what time of day they finished.
 */
import type { Queryable } from '../platform/postgres.ts';
import { noteDropped } from '../privacy/erasures.ts';
import type { KeyHolder } from '../privacy/keys.ts';

export type ParticipationState = 'joined' | 'done' | 'follows';

export interface Participation {
  readonly consultationId: string;
  readonly state: ParticipationState;
  readonly joinedOn: string;
}

export async function participationsOf(
  tx: Queryable,
  personId: string,
): Promise<readonly Participation[]> {
  const { rows } = await tx.query<{
    consultation_id: string;
    state: ParticipationState;
    joined_on: string;
  }>({
    name: 'participations-of',
    text: `select consultation_id, state, to_char(joined_on, 'YYYY-MM-DD') as joined_on
     from conv.participation where person_id = $1 order by joined_on desc, consultation_id`,
    values: [personId],
  });
  return rows.map((row) => ({
    consultationId: row.consultation_id,
    state: row.state,
    joinedOn: row.joined_on,
  }));
}

/** Hears what happens without having taken part here; a participation that is there stays. */
export async function markFollowing(
  tx: Queryable,
  one: { readonly personId: string; readonly consultationId: string; readonly day: string },
): Promise<void> {
  await tx.query(
    `insert into conv.participation (person_id, consultation_id, state, joined_on)
     values ($1, $2, 'follows', $3) on conflict do nothing`,
    [one.personId, one.consultationId, one.day],
  );
}

/** STOP in the middle, or a declined consent: as if they had not joined. */
export async function forgetJoined(
  tx: Queryable,
  personId: string,
  consultationId: string,
): Promise<void> {
  await tx.query(
    `delete from conv.participation
     where person_id = $1 and consultation_id = $2 and state = 'joined'`,
    [personId, consultationId],
  );
  await forgetInvitationTo(tx, personId, consultationId);
}

export async function forgetInvitationTo(
  tx: Queryable,
  personId: string,
  consultationId: string,
): Promise<void> {
  await tx.query('delete from conv.invitation where person_id = $1 and consultation_id = $2', [
    personId,
    consultationId,
  ]);
}

/** The consultation that this person was invited to last and has not joined. */
export async function invitationOf(tx: Queryable, personId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ consultation_id: string }>(
    `select consultation_id from conv.invitation where person_id = $1
     order by invited_on desc limit 1`,
    [personId],
  );
  return rows[0]?.consultation_id;
}

/** How many take part and how many finished, exactly: for rounding, never for showing. */
export async function countParticipations(
  tx: Queryable,
  consultationId: string,
): Promise<{ readonly started: number; readonly completed: number }> {
  const { rows } = await tx.query<{ started: number; completed: number }>(
    `select count(*) filter (where state <> 'follows')::int as started,
            count(*) filter (where state = 'done')::int as completed
     from conv.participation where consultation_id = $1`,
    [consultationId],
  );
  return rows[0] ?? { started: 0, completed: 0 };
}

export async function forgetInvitations(tx: Queryable, personId: string): Promise<void> {
  await tx.query('delete from conv.invitation where person_id = $1', [personId]);
}

export async function forgetConversation(tx: Queryable, id: string): Promise<void> {
  await tx.query('delete from conv.conversation where id = $1', [id]);
}

/** What is under way with somebody who wants it gone: as if they had not begun, also after a restore. */
export async function forgetUnfinished(
  tx: Queryable,
  keys: KeyHolder,
  personId: string,
): Promise<void> {
  const { rows } = await tx.query<{ id: string; consultation_id: string }>(
    'delete from conv.conversation where person_id = $1 returning id, consultation_id',
    [personId],
  );
  for (const { id, consultation_id } of rows) {
    await noteDropped(tx, keys, id);
    await forgetJoined(tx, personId, consultation_id);
  }
}

export async function forgetInvitationsTo(tx: Queryable, consultationId: string): Promise<void> {
  await tx.query('delete from conv.invitation where consultation_id = $1', [consultationId]);
}
