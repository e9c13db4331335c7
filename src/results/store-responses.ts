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

/** One response or text as the bytes of its JSON: ten thousand strings would crowd the heap. */
export type JsonBytes = Uint8Array;

export function releasedResponse(answers: unknown, bands: unknown): JsonBytes {
  return Buffer.from(JSON.stringify({ answers, bands }));
}

/** Carries no id of its response: a text that names its writer must not unlock the rest. */
export function releasedText(question: string, sealed: Buffer): JsonBytes {
  return Buffer.from(JSON.stringify({ question, sealed: sealed.toString('base64') }));
}

export async function storeResponses(
  tx: Queryable,
  { consultation, period }: Releasing,
  responses: readonly JsonBytes[],
): Promise<void> {
  await tx.query(
    `insert into resp.response (consultation_id, release_period, answers, bands)
     select $1, $2, r -> 'answers', r -> 'bands' from jsonb_array_elements($3::text::jsonb) as r`,
    [consultation, period, jsonArray(responses)],
  );
}

export async function storeFreeTexts(
  tx: Queryable,
  { consultation, period }: Releasing,
  texts: readonly JsonBytes[],
): Promise<void> {
  if (texts.length === 0) return;
  await tx.query(
    `insert into resp.free_text (consultation_id, question, release_period, raw_ct)
     select $1, t ->> 'question', $2, decode(t ->> 'sealed', 'base64')
     from jsonb_array_elements($3::text::jsonb) as t`,
    [consultation, period, jsonArray(texts)],
  );
}

const COMMA = Buffer.from(',');

function jsonArray(items: readonly JsonBytes[]): Buffer {
  const parts = items.flatMap((item, at) => (at === 0 ? [item] : [COMMA, item]));
  return Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']')]);
}
