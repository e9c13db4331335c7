/**
 * Raw words of free texts: sealed until somebody has cleared or withheld them, and gone from then
 * on. What nobody has looked at is never destroyed unread; after 14 days it is told of every day.
 * Only the week of a release is known, so the days are counted from its Monday.
 */
import { type LeftRow, leftOf, type Store } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';

const CLEAR_WITHIN_DAYS = 14;

export function keepRawTexts(db: Queryable, today: string): Store {
  return {
    store: 'raw words of free text, sealed',
    rule: 'until cleared or withheld, which is due within 14 days of the release',
    tables: ['resp.free_text'],
    keep: async () => {
      const { rowCount } = await db.query(
        `update resp.free_text set raw_ct = null
         where raw_ct is not null and status in ('cleared', 'withheld')`,
      );
      const { rows } = await db.query<LeftRow & { readonly late: number }>(
        `select count(*)::int as left, min(${MONDAY})::text as oldest,
                (count(*) filter (where ${MONDAY} <= $1::date - $2::integer))::int as late
         from resp.free_text where raw_ct is not null`,
        [today, CLEAR_WITHIN_DAYS],
      );
      const late = rows[0]?.late ?? 0;
      return {
        deleted: rowCount ?? 0,
        ...leftOf(rows[0]),
        ...(late > 0 ? { alert: `${late} have waited longer than 14 days to be cleared` } : {}),
      };
    },
  };
}

export function keepResponses(db: Queryable): Store {
  return {
    store: 'released answers',
    rule: 'the result: nothing leads from them to anybody',
    forGood: true,
    tables: ['resp.response'],
    keep: async () => {
      const { rows } = await db.query<LeftRow>(
        `select count(*)::int as left, min(${MONDAY})::text as oldest from resp.response`,
      );
      return { deleted: 0, ...leftOf(rows[0]) };
    },
  };
}

/** Cleared words stay beside the answers, and the fact that others were withheld. */
export function keepClearedTexts(db: Queryable): Store {
  return {
    store: 'free text, cleared or withheld',
    rule: 'part of the result: read by a person, and parted from the other answers',
    forGood: true,
    tables: ['resp.free_text'],
    keep: async () => {
      const { rows } = await db.query<LeftRow>(
        `select count(*)::int as left, min(${MONDAY})::text as oldest
         from resp.free_text where status in ('cleared', 'withheld')`,
      );
      return { deleted: 0, ...leftOf(rows[0]) };
    },
  };
}

/** Consultations whose free-text key is still needed. */
export async function consultationsWithRawText(db: Queryable): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ consultation_id: string }>(
    'select distinct consultation_id from resp.free_text where raw_ct is not null',
  );
  return new Set(rows.map((row) => row.consultation_id));
}

/** The Monday of an ISO week such as 2026-W45. */
const MONDAY = `to_date(release_period, 'IYYY-"W"IW')`;
