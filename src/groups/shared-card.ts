/**
 * The card of a consultation in a shared chat: its promise, how many here have finished, roughly,
 * and after it closed what is safe to show anybody. It says nothing of who takes part.
 */
import { type Consultation, consultationByKeyword } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { shortDate } from '../flow/dates.ts';
import type { Flow } from '../flow/flow.ts';
import { fold } from '../flow/fold.ts';
import { type SpokenIn, sayInChat, spokenLanguage } from '../raised/say-in-chat.ts';
import type { ChatDesk, SharedCard } from '../shared-chat.ts';
import type { GroupWorld } from './group-world.ts';
import { safeResults } from './results-in-chat.ts';
import { aboutFinished } from './taking-part.ts';

/** For the desk: nothing is written, not even that the chat was met. */
export function sharedCardOf(world: GroupWorld): ChatDesk['sharedCard'] {
  return async ({ channel, chat }, keyword, language) => {
    const consultation = await consultationByKeyword(world.pool, fold(keyword));
    if (!consultation) return undefined;
    const [known] = await world.contacts.lookUpMany(world.pool, [{ channel, address: chat }]);
    const wanted = spokenLanguage(world.words, language);
    return cardOf(world, consultation, { channel, language: wanted }, known?.person);
  };
}

export async function cardOf(
  world: GroupWorld,
  consultation: Consultation,
  wanted: SpokenIn,
  chatId: string | undefined,
): Promise<SharedCard> {
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const spoken = { ...wanted, language: languageOf(flow, wanted.language) };
  const isOpen = consultation.state === 'open';
  return {
    keyword: consultation.keyword.toUpperCase(),
    language: spoken.language,
    title: textIn(flow.title, spoken.language),
    promise: promiseOf(world, flow, spoken),
    state: consultation.state,
    progress: await progressOf(world, chatId, consultation.id, spoken),
    // While it is open nobody's answer should lean on those of others.
    results: isOpen ? [] : ((await safeResults(world, consultation, flow, spoken)) ?? []),
    ...(isOpen ? { answer: sayInChat(world.words, spoken, 'chat_answer_in_private') } : {}),
  };
}

/** A language that the flow speaks; its first one otherwise. */
export function languageOf(flow: Flow, wanted: string): string {
  return flow.languages.includes(wanted) ? wanted : (flow.languages[0] ?? 'en');
}

/** Who asks, what cannot change, who decides, and when everybody hears why. */
export function promiseOf(world: GroupWorld, flow: Flow, spoken: SpokenIn): string {
  const { words, installation } = world;
  const { organisation } = installation;
  if (!flow.promise) return organisation;
  const { asks, cannotChange, decides, feedbackBy } = flow.promise;
  return sayInChat(words, spoken, 'chat_promise', {
    organisation,
    asks: textIn(asks, spoken.language),
    cannot_change: textIn(cannotChange, spoken.language),
    decides: textIn(decides, spoken.language),
    feedback_by: shortDate(words, spoken.language, feedbackBy),
  });
}

async function progressOf(
  { pool, words }: GroupWorld,
  chatId: string | undefined,
  consultationId: string,
  spoken: SpokenIn,
): Promise<string> {
  const about = await aboutFinished(pool, chatId, consultationId);
  return about === undefined
    ? sayInChat(words, spoken, 'chat_progress_few')
    : sayInChat(words, spoken, 'chat_progress', { count: String(about) });
}
