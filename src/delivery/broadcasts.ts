/**
 * Pausing, going on and cancelling a broadcast in mid-send. Once a pause or a cancellation is
 * committed, no message of it is claimed and no attempt begins; what is cancelled counts as refused,
 * so that the sums hold at every moment on the way.
 */
import type { Pool } from 'pg';
import type { Queryable } from '../platform/postgres.ts';
import type { Hours } from './hours.ts';
import type { BroadcastClass } from './plan-broadcast.ts';
import type { WithdrawReason } from './withdraw.ts';

export type BroadcastState = 'running' | 'paused' | 'cancelled' | 'finished';

export interface Broadcast {
  readonly id: string;
  readonly class: BroadcastClass;
  readonly consultationId?: string;
  readonly hours: Hours;
  readonly state: BroadcastState;
  /** Heard paused it by itself, and lets it go on by itself. */
  readonly heldFor?: 'spending';
  readonly notBefore?: Date;
  readonly plannedOn: string;
}

export type Changed =
  | { readonly kind: 'changed'; readonly broadcast: Broadcast }
  /** It cannot come from where it stands to there. */
  | { readonly kind: 'stands'; readonly broadcast: Broadcast }
  | { readonly kind: 'none' };

export function pauseBroadcast(db: Queryable, id: string): Promise<Changed> {
  return change(db, id, 'paused', ['running', 'paused']);
}

export function resumeBroadcast(db: Queryable, id: string): Promise<Changed> {
  return change(db, id, 'running', ['paused']);
}

export async function cancelBroadcast(pool: Pool, id: string): Promise<Changed> {
  const changed = await change(pool, id, 'cancelled', ['running', 'paused']);
  if (changed.kind === 'changed') await refuseCancelled(pool);
  return changed;
}

/**
 * These consultations are closed: nobody is invited to them any more. What is left is refused by
 * `refuseCancelled`. Gives how many broadcasts were stopped.
 */
export async function cancelInvitations(
  db: Queryable,
  consultationIds: readonly string[],
): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.broadcast set state = 'cancelled', held_for = null
     where class = 'invitation' and state in ('running', 'paused')
       and consultation_id = any($1::uuid[])`,
    [consultationIds],
  );
  return rowCount ?? 0;
}

/** The row's lock waits for claims under way, which hold it; later ones see the new state. */
async function change(
  db: Queryable,
  id: string,
  state: BroadcastState,
  from: readonly BroadcastState[],
): Promise<Changed> {
  const { rows } = await db.query<Row>(
    `update delivery.broadcast set state = $2, held_for = null
     where id = $1 and state = any($3) returning ${COLUMNS}`,
    [id, state, from],
  );
  if (rows[0]) return { kind: 'changed', broadcast: fromRow(rows[0]) };
  const broadcast = await broadcastById(db, id);
  return broadcast ? { kind: 'stands', broadcast } : { kind: 'none' };
}

const SLICE = 10_000;

/**
 * Refuses what is left of cancelled broadcasts, slice by slice. A sweep calls it too: a process that
 * died half-way is followed up, and so is what came back from a worker since.
 */
export async function refuseCancelled(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ id: string }>(
    `select b.id from delivery.broadcast b
     where b.state = 'cancelled'
       and exists (select from delivery.outbox o
                   where coalesce(o.broadcast_id, '00000000-0000-0000-0000-000000000000') = b.id
                     and o.state = 'planned')`,
  );
  let refused = 0;
  for (const { id } of rows) refused += await refuseLeftOver(db, id, 'cancelled');
  return refused;
}

/** So many days after the day it was planned, or scheduled for, what still waits is news no more. */
export const WAITS_DAYS = 90;

export const DAY_OF_BROADCAST = 'greatest(b.planned_on, b.not_before::date)';

/**
 * Cancels what was never sent in all that time (a pause that nobody ended, a channel that was turned
 * off), so that its list of people goes too. A process that dies half-way is followed up by
 * `refuseCancelled`.
 */
export async function expireBroadcasts(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ id: string }>(
    `update delivery.broadcast b set state = 'cancelled', held_for = null
     where b.state in ('running', 'paused') and ${DAY_OF_BROADCAST} < current_date - ${WAITS_DAYS}
     returning b.id`,
  );
  let expired = 0;
  for (const { id } of rows) expired += await refuseLeftOver(db, id, 'expired');
  return expired;
}

async function refuseLeftOver(db: Queryable, id: string, reason: WithdrawReason): Promise<number> {
  let refused = 0;
  for (;;) {
    const slice = (await db.query(REFUSE_SLICE, [id, SLICE, reason])).rowCount ?? 0;
    refused += slice;
    if (slice < SLICE) return refused;
  }
}

const REFUSE_SLICE = `
  update delivery.outbox o
  set state = 'refused', reason = $3, ended_on = current_date
  from (select id from delivery.outbox
        where coalesce(broadcast_id, '00000000-0000-0000-0000-000000000000') = $1
          and state = 'planned'
        limit $2 for update) as left_over
  where o.id = left_over.id`;

/** Marks as finished what nobody will send any more of: claims need not look there again. */
export async function finishBroadcasts(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `update delivery.broadcast b set state = 'finished'
     where b.state = 'running' and b.not_before < clock_timestamp()
       and not exists (select from delivery.outbox o
                       where coalesce(o.broadcast_id, '00000000-0000-0000-0000-000000000000') = b.id
                         and o.state = 'planned')
       and not exists (select from delivery.outbox o
                       where o.broadcast_id = b.id
                         and o.state in ('claimed', 'attempting') and o.lease_until is not null)
       and not exists (select from delivery.outbox o
                       where o.broadcast_id = b.id and o.state = 'unknown')`,
  );
  return rowCount ?? 0;
}

export async function broadcastById(db: Queryable, id: string): Promise<Broadcast | undefined> {
  const { rows } = await db.query<Row>(`select ${COLUMNS} from delivery.broadcast where id = $1`, [
    id,
  ]);
  return rows[0] && fromRow(rows[0]);
}

/** True once people were invited to a consultation, whatever became of it. */
export async function hasInvitations(db: Queryable, consultationId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from delivery.broadcast where consultation_id = $1 and class = 'invitation' limit 1`,
    [consultationId],
  );
  return rowCount === 1;
}

/** In the order of their planning: what is not over, and what was planned in the last thirty days. */
export async function recentBroadcasts(db: Queryable): Promise<readonly Broadcast[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from delivery.broadcast
     where state in ('running', 'paused') or planned_on > current_date - 30
     order by place`,
  );
  return rows.map(fromRow);
}

const COLUMNS = `id, class, consultation_id, hours, state, held_for,
  nullif(not_before, '-infinity') as not_before, to_char(planned_on, 'YYYY-MM-DD') as planned_on`;

interface Row {
  id: string;
  class: BroadcastClass;
  consultation_id: string | null;
  hours: Hours;
  state: BroadcastState;
  held_for: 'spending' | null;
  not_before: Date | null;
  planned_on: string;
}

function fromRow(row: Row): Broadcast {
  return {
    id: row.id,
    class: row.class,
    hours: row.hours,
    state: row.state,
    plannedOn: row.planned_on,
    ...(row.consultation_id === null ? {} : { consultationId: row.consultation_id }),
    ...(row.held_for === null ? {} : { heldFor: row.held_for }),
    ...(row.not_before === null ? {} : { notBefore: row.not_before }),
  };
}
