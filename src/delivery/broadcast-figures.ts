/**
 * How each broadcast stands, in one statement, so that every line adds up by itself and beside the
 * sums of the whole outbox (figures.ts).
 */
import type { Queryable } from '../platform/postgres.ts';
import type { Broadcast } from './broadcasts.ts';
import type { OutboxFigures } from './figures.ts';
import { mayGoAt, type SendingHours } from './hours.ts';

export interface BroadcastFigures extends OutboxFigures {
  /** Why they were refused. */
  readonly refusedFor: Readonly<Record<string, number>>;
}

const NONE: BroadcastFigures = {
  planned: 0,
  accepted: 0,
  delivered: 0,
  refused: 0,
  failed: 0,
  unknown: 0,
  remaining: 0,
  refusedFor: {},
};

export async function broadcastFigures(
  db: Queryable,
  ids: readonly string[],
): Promise<(id: string) => BroadcastFigures> {
  const { rows } = await db.query<Row>(COUNT, [ids]);
  const figures = new Map<string, BroadcastFigures>();
  for (const row of rows) {
    figures.set(row.broadcast_id, withRow(figures.get(row.broadcast_id) ?? NONE, row));
  }
  return (id) => figures.get(id) ?? NONE;
}

interface Row {
  broadcast_id: string;
  state: string;
  was_accepted: boolean;
  reason: string | null;
  rows: string;
}

const COUNT = `
  select broadcast_id, state, was_accepted, case when state = 'refused' then reason end as reason,
         count(*) as rows
  from delivery.outbox where not resent and broadcast_id = any($1::uuid[]) group by 1, 2, 3, 4
  union all
  select broadcast_id, state, was_accepted, nullif(reason, ''), rows
  from delivery.total where broadcast_id = any($1::uuid[])`;

function withRow(sums: BroadcastFigures, row: Row): BroadcastFigures {
  const count = Number(row.rows);
  const kind = kindOf(row);
  const { reason } = row;
  return {
    ...sums,
    planned: sums.planned + count,
    [kind]: sums[kind] + count,
    delivered: sums.delivered + (row.state === 'delivered' ? count : 0),
    refusedFor:
      reason === null
        ? sums.refusedFor
        : { ...sums.refusedFor, [reason]: (sums.refusedFor[reason] ?? 0) + count },
  };
}

function kindOf(row: Row): 'accepted' | 'refused' | 'failed' | 'unknown' | 'remaining' {
  if (row.was_accepted) return 'accepted';
  const { state } = row;
  return state === 'refused' || state === 'failed' || state === 'unknown' ? state : 'remaining';
}

/** What a broadcast is doing now. */
export type Standing =
  | { readonly kind: 'sending' | 'paused' | 'cancelled' | 'finished' }
  /** Heard paused it: the spending ceiling is reached. */
  | { readonly kind: 'held' }
  /** Its time has not come, or the hours are closed. */
  | { readonly kind: 'waits'; readonly until: Date };

export function standingOf(
  broadcast: Broadcast,
  { remaining }: OutboxFigures,
  now: Date,
  hours: SendingHours,
): Standing {
  if (broadcast.state === 'cancelled') return { kind: 'cancelled' };
  if (remaining === 0) return { kind: 'finished' };
  if (broadcast.state === 'paused') {
    return { kind: broadcast.heldFor === undefined ? 'paused' : 'held' };
  }
  const until = firstMoment(broadcast, now, hours);
  return until <= now ? { kind: 'sending' } : { kind: 'waits', until };
}

/** When its next message may go, at the earliest. */
function firstMoment(
  { notBefore, hours }: Pick<Broadcast, 'notBefore' | 'hours'>,
  now: Date,
  sending: SendingHours,
): Date {
  const from = notBefore && notBefore > now ? notBefore : now;
  const may = mayGoAt(from, hours, sending);
  return may.kind === 'now' ? from : may.at;
}
