/**
 * Shared chats as opaque ids: met when something comes from there, forgotten when we are removed. No
 * name of a chat and nothing of its members is kept; the address is in `privacy/contacts.ts`.
 */
import { EVERYTHING } from '../delivery/classes.ts';
import { withdrawPlanned } from '../delivery/withdraw.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { Contacts } from '../privacy/contacts.ts';
import { cutFromChat } from '../raised/issues.ts';
import type { ChatInbound } from '../shared-chat.ts';

export type ChatAddress = Pick<ChatInbound, 'channel' | 'chat' | 'reference'>;

export interface Chat {
  readonly id: string;
  readonly channel: ChatInbound['channel'];
  readonly language?: string;
  /** We were removed from it, or may not write there any more. */
  readonly stopped: boolean;
  /** Nothing was known of it until now. */
  readonly isNew: boolean;
}

/** The chat's id; its address, and how to post there, are kept for later. */
export async function meetChat(
  tx: Queryable,
  contacts: Contacts,
  { channel, chat, reference }: ChatAddress,
  day: string,
): Promise<Chat> {
  const { id, stopped, language } = await contacts.findOrCreatePerson(tx, {
    channel,
    address: chat,
  });
  const { rowCount } = await tx.query(
    'insert into chat.chat (id, seen_on) values ($1, $2) on conflict do nothing',
    [id, day],
  );
  const isNew = rowCount === 1;
  if (!isNew)
    await tx.query('update chat.chat set seen_on = $2 where id = $1 and seen_on < $2', [id, day]);
  if (isNew || reference !== undefined) {
    await contacts.rememberAddress(tx, {
      person: id,
      channel,
      address: chat,
      ...(reference === undefined ? {} : { reference }),
    });
  }
  return { id, channel, stopped, isNew, ...(language === undefined ? {} : { language }) };
}

/**
 * We were removed: nothing more is sent, now or ever, unless we are added again; of the chat stays
 * one keyed hash that says so.
 */
export async function forgetChat(
  tx: Queryable,
  contacts: Contacts,
  { channel, chat }: ChatAddress,
): Promise<void> {
  const { id } = await contacts.findOrCreatePerson(tx, { channel, address: chat });
  await withdrawPlanned(tx, id, EVERYTHING, 'forgotten');
  await contacts.stop(tx, id, 'removed');
  await dropChats(tx, [id]);
  await contacts.forget(tx, id);
}

/** What is kept of these chats beside their addresses; whoever is none passes by. */
export async function dropChats(tx: Queryable, ids: readonly string[]): Promise<void> {
  await cutFromChat(tx, ids);
  await tx.query('delete from chat.chat where id = any($1::uuid[])', [ids]);
}

/** Which of these are shared chats. */
export async function chatsAmong(
  tx: Queryable,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    'select id from chat.chat where id = any($1::uuid[])',
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** False when this event was handled before; its id is kept as a keyed hash. */
export async function firstTime(
  tx: Queryable,
  contacts: Contacts,
  { channel, messageId }: Pick<ChatInbound, 'channel' | 'messageId'>,
  day: string,
): Promise<boolean> {
  // Not the hash under which a private message of the same id would be kept.
  const id = await contacts.hashMessageId(channel, `in a chat ${messageId}`);
  const { rowCount } = await tx.query(
    'insert into chat.seen (id, day) values ($1, $2) on conflict do nothing',
    [id, day],
  );
  return rowCount === 1;
}
