/**
 * Feedback broadcasts: what was told to everyone who took part, the same text for all in each
 * language. A broadcast must never be varied by what a person answered, because nobody knows that.
 */
import type { Localised } from '../flow/values.ts';
import type { Queryable } from '../platform/postgres.ts';

export interface Broadcast {
  readonly id: string;
  readonly consultationId: string;
  readonly plannedOn: string;
  readonly texts: Localised;
  readonly planned: number;
}

interface Row {
  id: string;
  consultation_id: string;
  planned_on: string;
  texts: Localised;
  planned: number;
}

export async function insertBroadcast(tx: Queryable, one: Broadcast): Promise<void> {
  await tx.query(
    `insert into feedback.broadcast (id, consultation_id, planned_on, texts, planned)
     values ($1, $2, $3, $4, $5)`,
    [one.id, one.consultationId, one.plannedOn, JSON.stringify(one.texts), one.planned],
  );
}

/** The broadcasts of each of these consultations, newest first. */
export async function broadcastsOf(
  tx: Queryable,
  consultationIds: readonly string[],
): Promise<readonly Broadcast[]> {
  const { rows } = await tx.query<Row>(
    `select id, consultation_id, to_char(planned_on, 'YYYY-MM-DD') as planned_on, texts, planned
     from feedback.broadcast where consultation_id = any($1::uuid[])
     order by planned_on desc, id`,
    [consultationIds],
  );
  return rows.map((row) => ({
    id: row.id,
    consultationId: row.consultation_id,
    plannedOn: row.planned_on,
    texts: row.texts,
    planned: row.planned,
  }));
}

/** The text in a language, or in the first language that the officer wrote. */
export function textIn(texts: Localised, language: string): string {
  return texts[language] ?? texts[language.split('-')[0] ?? ''] ?? Object.values(texts)[0] ?? '';
}
