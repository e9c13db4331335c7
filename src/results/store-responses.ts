/**
 * Writes what a release opened, all of it in one statement for the answers and one for the texts:
 * a statement a row would keep the order, and a transaction each would tie every response to the
 * conversation it came from. The rows come shuffled; nothing about a time or person may come along.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface Releasing {
  readonly consultation: string;
  /** The ISO week of the release, 2026-W45: the finest time that a response may have. */
  readonly period: string;
}

/** Both as JSON text. */
export interface ReleasedResponse {
  readonly answers: string;
  readonly bands: string;
}

/** Carries no id of its response: a text that names its writer must not unlock the rest. */
export interface ReleasedText {
  readonly question: string;
  readonly sealed: Uint8Array;
}

export async function storeResponses(
  tx: Queryable,
  { consultation, period }: Releasing,
  responses: readonly ReleasedResponse[],
): Promise<void> {
  await tx.query(
    `insert into resp.response (consultation_id, release_period, answers, bands)
     select $1, $2, answers::jsonb, bands::jsonb
     from unnest($3::text[], $4::text[]) as r (answers, bands)`,
    [
      consultation,
      period,
      responses.map((response) => response.answers),
      responses.map((response) => response.bands),
    ],
  );
}

export async function storeFreeTexts(
  tx: Queryable,
  { consultation, period }: Releasing,
  texts: readonly ReleasedText[],
): Promise<void> {
  if (texts.length === 0) return;
  await tx.query(
    `insert into resp.free_text (consultation_id, question, release_period, raw_ct)
     select $1, question, $2, raw_ct
     from unnest($3::text[], $4::bytea[]) as t (question, raw_ct)`,
    [consultation, period, texts.map((text) => text.question), texts.map((text) => text.sealed)],
  );
}

/** Exactly how many were released: for rounding, never for showing. */
export async function countResponses(tx: Queryable, consultation: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'select count(*)::int as count from resp.response where consultation_id = $1',
    [consultation],
  );
  return rows[0]?.count ?? 0;
}
