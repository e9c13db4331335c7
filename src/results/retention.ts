/**
 * Free text that nobody cleared: its raw words go 14 days after their release at the latest. Only the
 * week of a release is known, so they are counted from its Monday.
 */
import { type Kept, type LeftRow, leftOf } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';

const RAW_DAYS = 14;
/** Told beforehand, so that somebody can still read them. */
const WARN_DAYS = 7;

export async function keepRawTexts(db: Queryable, today: string): Promise<Kept> {
  const { rowCount } = await db.query(
    `update resp.free_text
     set raw_ct = null, status = case when masked is null then 'withheld' else status end
     where raw_ct is not null and ${MONDAY} <= $1::date - $2::integer`,
    [today, RAW_DAYS],
  );
  const { rows } = await db.query<LeftRow & { readonly soon: number }>(
    `select count(*)::int as left, min(${MONDAY})::text as oldest,
            (count(*) filter (where ${MONDAY} <= $1::date - $2::integer))::int as soon
     from resp.free_text where raw_ct is not null`,
    [today, WARN_DAYS],
  );
  const soon = rows[0]?.soon ?? 0;
  return {
    store: 'free text that nobody has cleared, sealed',
    rule: '14 days after the Monday of its release',
    deleted: rowCount ?? 0,
    ...leftOf(rows[0]),
    ...(soon > 0 ? { alert: `${soon} will be destroyed unread within a week` } : {}),
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
