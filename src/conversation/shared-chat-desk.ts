/**
 * What the adapters of chats that several people see ask beside the two ways in: what can be joined,
 * the card for a chat, and where one person's own conversation stands. It only looks: nothing is
 * written, and what a person is asked is for that person alone.
 */
import { consultationById, listConsultations } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { languageOf, promiseOf, sharedCardOf } from '../groups/shared-card.ts';
import { spokenLanguage } from '../raised/say-in-chat.ts';
import type { ChatCurrent, ChatDesk, OpenConsultation } from '../shared-chat.ts';
import { standsAt } from './check.ts';
import { participationsOf } from './participations.ts';
import { asksNow, standingNow } from './standing-now.ts';
import type { World } from './world.ts';

export function createSharedChatDesk(world: World): ChatDesk {
  return {
    openConsultations: (language) => openConsultations(world, language),
    sharedCard: sharedCardOf(world),
    current: (person) => current(world, person),
  };
}

async function openConsultations(
  world: World,
  wanted?: string,
): Promise<readonly OpenConsultation[]> {
  const open = (await listConsultations(world.pool)).filter((one) => one.state === 'open');
  return Promise.all(
    open.map(async (one) => {
      const flow = await world.flows.flow(one.flow, one.version);
      const language = languageOf(flow, spokenLanguage(world.words, wanted));
      return {
        keyword: one.keyword.toUpperCase(),
        title: textIn(flow.title, language),
        // The same words on both channels.
        promise: promiseOf(world, flow, { channel: 'discord', language }),
      };
    }),
  );
}

/** After the end, where it stands now: what was said then is kept nowhere. */
async function current(
  world: World,
  { channel, address }: Parameters<ChatDesk['current']>[0],
): Promise<ChatCurrent | undefined> {
  const read = await standingNow(world, channel, address);
  if (!read.person) return undefined;
  const [latest] = await participationsOf(world.pool, read.person.id);
  const consultationId = read.conversation?.consultationId ?? latest?.consultationId;
  const consultation =
    consultationId === undefined ? undefined : await consultationById(world.pool, consultationId);
  if (!consultation) return undefined;
  const listener = { channel, language: read.person.language ?? 'en' };
  const prompts =
    read.conversation || !latest
      ? await asksNow(world, channel, read)
      : [await standsAt(world, latest, listener)];
  return {
    keyword: consultation.keyword.toUpperCase(),
    prompts,
    ended: read.conversation === undefined,
    language: prompts.at(-1)?.language ?? listener.language,
  };
}
