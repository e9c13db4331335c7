/**
 * Officers' figures: rounded to 5 and refreshed hourly, so that nobody can watch one child type
 * while a count moves. The exact counts come from outside and are not kept.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface Figures {
  readonly started: number;
  readonly completed: number;
  readonly released: number;
}

const FRESH_FOR_MS = 3_600_000;

/** The figures of a consultation; counted anew when there are none yet or they are an hour old. */
export async function figuresOf(
  tx: Queryable,
  consultationId: string,
  now: Date,
  count: () => Promise<Figures>,
): Promise<Figures> {
  const { rows } = await tx.query<Figures & { refreshed_at: Date }>(
    `select started, completed, released, refreshed_at
     from consultation.figure where consultation_id = $1`,
    [consultationId],
  );
  const kept = rows[0];
  if (kept && now.getTime() - kept.refreshed_at.getTime() < FRESH_FOR_MS) {
    return { started: kept.started, completed: kept.completed, released: kept.released };
  }
  return refreshFigures(tx, consultationId, now, count);
}

/** Also when a release or a closing has changed what there is to see. */
export async function refreshFigures(
  tx: Queryable,
  consultationId: string,
  now: Date,
  count: () => Promise<Figures>,
): Promise<Figures> {
  const exact = await count();
  const figures = {
    started: toFive(exact.started),
    completed: toFive(exact.completed),
    released: toFive(exact.released),
  };
  await tx.query(
    `insert into consultation.figure (consultation_id, started, completed, released, refreshed_at)
     values ($1, $2, $3, $4, $5)
     on conflict (consultation_id) do update
       set started = excluded.started, completed = excluded.completed,
           released = excluded.released, refreshed_at = excluded.refreshed_at`,
    [consultationId, figures.started, figures.completed, figures.released, now],
  );
  return figures;
}

/** The nearest multiple of 5. */
function toFive(count: number): number {
  return Math.round(count / 5) * 5;
}
