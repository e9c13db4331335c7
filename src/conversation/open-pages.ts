/**
 * What the open pages show: the chats that can be joined, and what was said and done. Only rounded
 * figures and texts that officers wrote; nothing that anybody answered.
 */
import { type Consultation, listConsultations } from '../consultation/consultations.ts';
import { broadcastsOf, textIn } from '../feedback/broadcasts.ts';
import type { Flow, FlowPromise } from '../flow/flow.ts';
import type { Asked, OpenChat } from '../public/public-pages.ts';
import { figures } from './count.ts';
import type { World } from './world.ts';

/** Fewer than this took part: no number is shown. */
const FEWEST_TOLD = 10;

export async function openChats(world: World, language: string): Promise<readonly OpenChat[]> {
  const all = await listConsultations(world.pool);
  const open = all.filter((one) => one.state === 'open');
  return Promise.all(
    open.map(async (one) => {
      const flow = await world.flows.flow(one.flow, one.version);
      const spoken = languageFor(flow, language);
      return {
        keyword: one.keyword.toUpperCase(),
        title: textIn(flow.title, spoken),
        asks: flow.promise ? textIn(flow.promise.asks, spoken) : '',
        language: spoken,
      };
    }),
  );
}

export async function saidAndDone(world: World, language: string): Promise<readonly Asked[]> {
  const all = await listConsultations(world.pool);
  const asked = await Promise.all(all.map((one) => askedBy(world, one, language)));
  return asked.filter((one) => one !== undefined);
}

async function askedBy(
  world: World,
  consultation: Consultation,
  language: string,
): Promise<Asked | undefined> {
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  if (!flow.promise) return undefined;
  const spoken = languageFor(flow, language);
  const { completed } = await figures(world, consultation.id);
  const told = await broadcastsOf(world.pool, [consultation.id]);
  return {
    ...promised(flow, flow.promise, spoken),
    anchor: consultation.keyword,
    state: consultation.state,
    keyword: consultation.keyword.toUpperCase(),
    answered: completed < FEWEST_TOLD ? undefined : completed,
    told: eachOnce(told.map((one) => ({ on: one.plannedOn, text: textIn(one.texts, spoken) }))),
  };
}

/** What went to more people later, in the same words, was said when it was said first. */
function eachOnce(told: Asked['told']): Asked['told'] {
  return told.filter((one, at) => !told.slice(at + 1).some((older) => older.text === one.text));
}

function promised(flow: Flow, promise: FlowPromise, language: string) {
  return {
    title: textIn(flow.title, language),
    asks: textIn(promise.asks, language),
    questions: questionsOf(flow, language),
    decides: textIn(promise.decides, language),
    feedbackBy: promise.feedbackBy,
    language,
  };
}

function questionsOf(flow: Flow, language: string): readonly string[] {
  return [...flow.steps.values()]
    .filter((step) => step.type === 'question')
    .filter((step) => step.id !== 'consent' && !flow.aboutYou.includes(step.id))
    .map((step) => textIn(step.text, language));
}

function languageFor(flow: Flow, wanted: string): string {
  return flow.languages.includes(wanted) ? wanted : (flow.languages[0] ?? 'en');
}
