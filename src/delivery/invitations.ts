/**
 * What became of the invitations to a consultation, and the end of those that still wait when it
 * closes. A reminder must never be the first that somebody hears: it says nothing of who gave us
 * their number.
 */
import type { Queryable } from '../platform/postgres.ts';

export type InvitationFate =
  /** It may leave yet, or it may have left and nobody knows. */
  | { readonly kind: 'waits' }
  /** So long ago, by the database's own clock. */
  | { readonly kind: 'left'; readonly agoMs: number }
  /** Refused, failed or not delivered; or so old that nothing of it is kept. */
  | { readonly kind: 'never' };

/** Where somebody was invited twice, what may still leave counts first, then what left last. */
export async function fatesOfInvitations(
  db: Queryable,
  consultationId: string,
  personIds: readonly string[],
): Promise<(personId: string) => InvitationFate> {
  const { rows } = await db.query<{
    person_id: string;
    waits: boolean;
    ago_ms: number | null;
  }>(
    `select o.person_id,
            bool_or(o.state in ('planned', 'claimed', 'attempting', 'unknown')) as waits,
            min(extract(epoch from clock_timestamp() - o.attempted_at) * 1000)
              filter (where o.state in ('accepted', 'sent', 'delivered'))::double precision as ago_ms
     from delivery.outbox o join delivery.broadcast b on b.id = o.broadcast_id
     where o.person_id = any($2::uuid[]) and o.class = 'invitation' and b.consultation_id = $1
     group by o.person_id`,
    [consultationId, personIds],
  );
  const fates = new Map(rows.map((row) => [row.person_id, fateOf(row.waits, row.ago_ms)]));
  return (personId) => fates.get(personId) ?? NEVER;
}

const NEVER: InvitationFate = { kind: 'never' };

function fateOf(waits: boolean, agoMs: number | null): InvitationFate {
  if (waits) return { kind: 'waits' };
  return agoMs === null ? NEVER : { kind: 'left', agoMs };
}
