/**
 * The chats that took part, on the list of a feedback (delivery/recipients.ts): one post each, with
 * the same text as for everyone and nobody's name. They are asked no question back: a chat has none.
 */
import type { ChannelName } from '../channel.ts';
import type { Words } from '../flow/words.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { Contacts } from '../privacy/contacts.ts';
import { spokenLanguage } from '../raised/say-in-chat.ts';

export interface ChatToTell {
  readonly id: string;
  readonly channel: ChannelName;
  readonly language: string;
}

/** Those that may be written to. */
export async function chatsToTell(
  tx: Queryable,
  { contacts, words }: { readonly contacts: Contacts; readonly words: Words },
  consultationId: string,
): Promise<readonly ChatToTell[]> {
  const { rows } = await tx.query<{ chat_id: string }>(
    'select chat_id from chat.taking_part where consultation_id = $1 order by chat_id',
    [consultationId],
  );
  const chats = await contacts.peopleAmong(
    tx,
    rows.map((row) => row.chat_id),
  );
  return [...chats.values()]
    .filter((chat) => !chat.stopped)
    .map(({ id, channel, language }) => ({
      id,
      channel,
      language: spokenLanguage(words, language),
    }));
}

/** Which of a feedback's texts a chat gets: the one without a question behind it. */
export function chatWording(language: string): string {
  return `chat ${language}`;
}

/** Call it when nobody reads the list as one of people any more. */
export async function listChats(tx: Queryable, chats: readonly ChatToTell[]): Promise<void> {
  await tx.query(
    `insert into pg_temp.recipient (person_id, channel, wording, reachable)
     select chat, channel, wording, true
     from unnest($1::uuid[], $2::text[], $3::text[]) as l (chat, channel, wording)`,
    [
      chats.map((one) => one.id),
      chats.map((one) => one.channel),
      chats.map((one) => chatWording(one.language)),
    ],
  );
}
