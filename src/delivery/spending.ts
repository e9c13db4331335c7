/**
 * What text messages have cost, in parts, in a financial year that begins on 1 April as councils'
 * do; and the invitations that stop where the ceiling is reached. What may have been sent counts as
 * sent.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface SpentParts {
  /** Accepted, or of unknown fate. */
  readonly spent: number;
  /** Planned and not yet sent. */
  readonly planned: number;
  /** The part of the planned that can be held back. */
  readonly invitations: number;
}

export async function spentParts(db: Queryable, since: string): Promise<SpentParts> {
  const { rows } = await db.query<Record<keyof SpentParts, string>>(
    `select (select coalesce(sum(parts) filter (
                      where (was_accepted or state = 'unknown') and ended_on >= $1::date), 0)
             from delivery.outbox where channel = 'sms')
            + (select coalesce(sum(parts), 0) from delivery.spent where month >= $1::date) as spent,
            waiting.planned, waiting.invitations
     from (select coalesce(sum(parts), 0) as planned,
                  coalesce(sum(parts) filter (where class = 'invitation'), 0) as invitations
           from delivery.outbox
           where channel = 'sms' and state in ('planned', 'claimed', 'attempting')
             and not was_accepted) as waiting`,
    [since],
  );
  return {
    spent: Number(rows[0]?.spent ?? 0),
    planned: Number(rows[0]?.planned ?? 0),
    invitations: Number(rows[0]?.invitations ?? 0),
  };
}

/** The 1 April before or on an ISO day. */
export function financialYearOf(day: string): string {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= '04-01' ? `${year}-04-01` : `${year - 1}-04-01`;
}

/** Gives how many broadcasts of invitations stopped. */
export async function holdInvitations(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.broadcast set state = 'paused', held_for = 'spending'
     where class = 'invitation' and state = 'running'`,
  );
  return rowCount ?? 0;
}

export async function letInvitationsGo(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.broadcast set state = 'running', held_for = null
     where state = 'paused' and held_for = 'spending'`,
  );
  return rowCount ?? 0;
}
