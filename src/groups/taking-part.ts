/**
 * Which consultations are answered from which chat, and how many finished there: an exact count that
 * never leaves this folder but rounded. It knows no member and no answer.
 */
import type { Queryable } from '../platform/postgres.ts';
import type { Contacts } from '../privacy/contacts.ts';
import { type ChatAddress, meetChat } from './chats.ts';

export interface TakingPart {
  readonly consultationId: string;
  readonly postedOn: string;
}

/**
 * Somebody joined in private from inside this chat: it takes part from now on. Gives the id to keep
 * with their conversation; undefined where we were removed meanwhile.
 */
export async function joinedWithin(
  tx: Queryable,
  contacts: Contacts,
  chat: ChatAddress,
  consultationId: string,
  day: string,
): Promise<string | undefined> {
  const { id, stopped } = await meetChat(tx, contacts, chat, day);
  if (stopped) return undefined;
  await takePart(tx, id, consultationId, day);
  return id;
}

/** Somebody who joined from inside this chat finished. A chat that is gone counts nothing. */
export async function finishedWithin(
  tx: Queryable,
  chatId: string,
  consultationId: string,
): Promise<void> {
  await tx.query(
    'update chat.taking_part set finished = finished + 1 where chat_id = $1 and consultation_id = $2',
    [chatId, consultationId],
  );
}

export async function takePart(
  tx: Queryable,
  chatId: string,
  consultationId: string,
  day: string,
): Promise<void> {
  await tx.query(
    `insert into chat.taking_part (chat_id, consultation_id, posted_on) values ($1, $2, $3)
     on conflict do nothing`,
    [chatId, consultationId, day],
  );
}

/** The newest first. */
export async function takingPartOf(tx: Queryable, chatId: string): Promise<readonly TakingPart[]> {
  const { rows } = await tx.query<{ consultation_id: string; posted_on: string }>(
    `select consultation_id, posted_on::text as posted_on from chat.taking_part
     where chat_id = $1 order by posted_on desc, consultation_id`,
    [chatId],
  );
  return rows.map((row) => ({ consultationId: row.consultation_id, postedOn: row.posted_on }));
}

const STEP = 5;

/** How many finished in this chat, to the nearest five; undefined while there are fewer than five. */
export async function aboutFinished(
  tx: Queryable,
  chatId: string | undefined,
  consultationId: string,
): Promise<number | undefined> {
  if (chatId === undefined) return undefined;
  const { rows } = await tx.query<{ finished: number }>(
    'select finished from chat.taking_part where chat_id = $1 and consultation_id = $2',
    [chatId, consultationId],
  );
  const finished = rows[0]?.finished ?? 0;
  return finished < STEP ? undefined : Math.round(finished / STEP) * STEP;
}
