/** Posting the card of a consultation; a keyword that is not open is answered with what is. */
import {
  type Consultation,
  consultationByKeyword,
  listConsultations,
} from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { fold } from '../flow/fold.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type SpokenIn, sayInChat, statementIn } from '../raised/say-in-chat.ts';
import type { ChatReceipt } from '../shared-chat.ts';
import { type GroupWorld, type Said, todayOf } from './group-world.ts';
import { cardOf, languageOf } from './shared-card.ts';
import { takePart } from './taking-part.ts';

export async function startInChat(
  world: GroupWorld,
  tx: Queryable,
  chatId: string,
  keyword: string,
  spoken: SpokenIn,
): Promise<Said> {
  const consultation = await consultationByKeyword(tx, fold(keyword));
  if (consultation?.state !== 'open') return () => notOpen(world, consultation, spoken);
  await takePart(tx, chatId, consultation.id, todayOf(world));
  return async () => {
    const card = await cardOf(world, consultation, spoken, chatId);
    return { posts: [{ kind: 'consultation', card }] };
  };
}

async function notOpen(
  world: GroupWorld,
  consultation: Consultation | undefined,
  spoken: SpokenIn,
): Promise<ChatReceipt> {
  const why = await whyNot(world, consultation, spoken);
  const text = `${why} ${await openList(world, spoken)}`;
  return { posts: [], aside: [statementIn(spoken.language, text)] };
}

async function whyNot(
  world: GroupWorld,
  consultation: Consultation | undefined,
  spoken: SpokenIn,
): Promise<string> {
  if (!consultation) return sayInChat(world.words, spoken, 'chat_unknown_keyword');
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const name = textIn(flow.title, languageOf(flow, spoken.language));
  return sayInChat(world.words, spoken, 'chat_closed', { name });
}

/** "Open now: PARK (Chesham park)." */
export async function openList(world: GroupWorld, spoken: SpokenIn): Promise<string> {
  const open = (await listConsultations(world.pool)).filter((one) => one.state === 'open');
  if (open.length === 0) return sayInChat(world.words, spoken, 'chat_nothing_open');
  const named = await Promise.all(
    open.map(async (one) => {
      const flow = await world.flows.flow(one.flow, one.version);
      return `${one.keyword.toUpperCase()} (${textIn(flow.quietName, spoken.language)})`;
    }),
  );
  return sayInChat(world.words, spoken, 'chat_open_list', { list: named.join(', ') });
}
