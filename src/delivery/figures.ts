/**
 * The sums of the outbox, read in one statement so that they always add up: planned = accepted +
 * refused + failed + unknown + remaining. Rows that retention deleted are in it, by their totals; a
 * message that was sent again counts once.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface OutboxFigures {
  readonly planned: number;
  /** Taken by the provider, whatever the carrier reported later. */
  readonly accepted: number;
  /** The part of the accepted that reached the phone, as far as the carrier tells. */
  readonly delivered: number;
  readonly refused: number;
  readonly failed: number;
  readonly unknown: number;
  readonly remaining: number;
}

export async function outboxFigures(db: Queryable, broadcastId?: string): Promise<OutboxFigures> {
  const { rows } = await db.query<Record<keyof OutboxFigures, string>>(FIGURES, [
    broadcastId ?? null,
  ]);
  const sums = rows[0];
  if (!sums) throw new Error('the figures gave no row');
  return {
    planned: Number(sums.planned),
    accepted: Number(sums.accepted),
    delivered: Number(sums.delivered),
    refused: Number(sums.refused),
    failed: Number(sums.failed),
    unknown: Number(sums.unknown),
    remaining: Number(sums.remaining),
  };
}

const FIGURES = `
  with counted as (
    select state, was_accepted, count(*) as rows from delivery.outbox
    where not resent and ($1::uuid is null or broadcast_id = $1)
    group by state, was_accepted
    union all
    select state, was_accepted, rows from delivery.total
    where $1::uuid is null or broadcast_id = $1
  )
  select
    coalesce(sum(rows), 0) as planned,
    coalesce(sum(rows) filter (where was_accepted), 0) as accepted,
    coalesce(sum(rows) filter (where was_accepted and state = 'delivered'), 0) as delivered,
    coalesce(sum(rows) filter (where not was_accepted and state = 'refused'), 0) as refused,
    coalesce(sum(rows) filter (where not was_accepted and state = 'failed'), 0) as failed,
    coalesce(sum(rows) filter (where not was_accepted and state = 'unknown'), 0) as unknown,
    coalesce(sum(rows) filter (
      where not was_accepted and state in ('planned', 'claimed', 'attempting')), 0) as remaining
  from counted`;
