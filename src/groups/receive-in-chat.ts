/**
 * The way in for what is done where several people see it. One transaction an event: what is
 * repeated changes nothing, and nothing of who did it is kept. No answer of a participant comes here.
 */
import { type Queryable, transaction } from '../platform/postgres.ts';
import {
  postIn,
  type SpokenIn,
  sayInChat,
  spokenLanguage,
  statementIn,
} from '../raised/say-in-chat.ts';
import type { ChatInbound, ChatReceipt, ReceiveInChat } from '../shared-chat.ts';
import { type Chat, firstTime, forgetChat, meetChat } from './chats.ts';
import { type GroupWorld, type Said, todayOf } from './group-world.ts';
import { backInChat, issuesInChat, onceMoreInChat, raiseInChat } from './issues-in-chat.ts';
import { promisesInChat } from './promises-in-chat.ts';
import { resultsInChat } from './results-in-chat.ts';
import { openList, startInChat } from './start-in-chat.ts';

const silence: Said = async () => ({ posts: [] });

export function createReceiveInChat(world: GroupWorld): ReceiveInChat {
  return async (inbound) => {
    const said = await transaction(world.pool, async (tx): Promise<Said> => {
      const today = todayOf(world);
      if (!(await firstTime(tx, world.contacts, inbound, today)))
        return now(await onceMoreInChat(world, tx, inbound));
      if (inbound.event.kind === 'removed') {
        await forgetChat(tx, world.contacts, inbound);
        return silence;
      }
      const chat = await meetChat(tx, world.contacts, inbound, today);
      return happened(world, tx, await broughtBack(world, tx, chat, inbound), inbound);
    });
    return said();
  };
}

/** Whoever adds us, or asks us to post what will be answered there later, takes a removal back. */
async function broughtBack(
  { contacts, words }: GroupWorld,
  tx: Queryable,
  chat: Chat,
  { event, language }: ChatInbound,
): Promise<Chat> {
  const invites = event.kind === 'added' || event.kind === 'start' || event.kind === 'raise';
  if (invites && chat.stopped) await contacts.unstop(tx, chat.id);
  if (event.kind !== 'added' || language === undefined) return chat;
  if (!words.languages.includes(language)) return chat;
  await contacts.setLanguage(tx, chat.id, language);
  return { ...chat, language };
}

async function happened(
  world: GroupWorld,
  tx: Queryable,
  chat: Chat,
  inbound: ChatInbound,
): Promise<Said> {
  const { event, channel } = inbound;
  const language = spokenLanguage(world.words, inbound.language, chat.language);
  const spoken: SpokenIn = { channel, language };
  switch (event.kind) {
    case 'added':
      return chat.isNew ? () => greeting(world, spoken) : silence;
    case 'removed':
      return silence;
    case 'start':
      return startInChat(world, tx, chat.id, event.keyword, spoken);
    case 'raise':
      return now(await raiseInChat(world, tx, chat.id, { ...inbound, event }, spoken));
    case 'back':
      return now(await backInChat(world, tx, chat.id, { ...inbound, event }, spoken));
    case 'raised':
      return now(await issuesInChat(world, tx, chat.id, spoken));
    case 'results':
      return () => results(world, chat.id, event.keyword, spoken);
    case 'promise':
      return async () => ({
        posts: [postIn(language, await promisesInChat(world, chat.id, spoken))],
      });
    case 'help':
      return async () => ({ posts: [], aside: await helpIn(world, spoken) });
  }
}

function now(receipt: ChatReceipt): Said {
  return async () => receipt;
}

/** What can be done here, and that what is raised here is seen by all: before anybody raises it. */
async function greeting(world: GroupWorld, spoken: SpokenIn): Promise<ChatReceipt> {
  const { words, installation, leadKey } = world;
  const { organisation } = installation;
  const lines = [
    sayInChat(words, spoken, 'chat_greeting', { organisation }),
    sayInChat(words, spoken, 'chat_seen_by_all', { organisation }),
    ...(leadKey ? [sayInChat(words, spoken, 'chat_lead')] : []),
    sayInChat(words, spoken, 'chat_commands'),
    await openList(world, spoken),
  ];
  return { posts: [postIn(spoken.language, lines.join('\n'))] };
}

async function helpIn(world: GroupWorld, spoken: SpokenIn) {
  const { words } = world;
  const lines = [
    sayInChat(words, spoken, 'chat_commands'),
    await openList(world, spoken),
    sayInChat(words, spoken, 'chat_helpline'),
  ];
  return [statementIn(spoken.language, lines.join('\n'))];
}

async function results(
  world: GroupWorld,
  chatId: string,
  keyword: string | undefined,
  spoken: SpokenIn,
): Promise<ChatReceipt> {
  const found = await resultsInChat(world, chatId, keyword, spoken);
  if (found.kind === 'said') return { posts: [postIn(spoken.language, found.text)] };
  const name = found.kind === 'none' ? 'chat_results_none' : 'chat_results_not_ours';
  return {
    posts: [],
    aside: [statementIn(spoken.language, sayInChat(world.words, spoken, name))],
  };
}
