/**
 * Results for a shared chat: the same safe tables as anybody may see outside the council, never of
 * this chat's members alone. Where there is nothing safe to show yet it says when they will hear.
 */
import { type Consultation, consultationById } from '../consultation/consultations.ts';
import { textIn } from '../feedback/broadcasts.ts';
import { shortDate } from '../flow/dates.ts';
import type { Flow, Question } from '../flow/flow.ts';
import { fold } from '../flow/fold.ts';
import type { Words } from '../flow/words.ts';
import { type SpokenIn, sayInChat } from '../raised/say-in-chat.ts';
import { PUBLISH } from '../results/disclosure.ts';
import { type OptionResult, type QuestionResult, resultsOf } from '../results/tables.ts';
import type { GroupWorld } from './group-world.ts';
import { takingPartOf } from './taking-part.ts';

export type ChatResults =
  | { readonly kind: 'said'; readonly text: string }
  /** This chat takes part in nothing, or not in what was asked for. */
  | { readonly kind: 'none' | 'not-ours' };

/** Of the newest that this chat takes part in, or of the one with this keyword. */
export async function resultsInChat(
  world: GroupWorld,
  chatId: string,
  keyword: string | undefined,
  spoken: SpokenIn,
): Promise<ChatResults> {
  const consultations = await ours(world, chatId);
  if (consultations.length === 0) return { kind: 'none' };
  const wanted = keyword === undefined ? undefined : fold(keyword);
  const consultation = consultations.find((one) => wanted === undefined || one.keyword === wanted);
  if (!consultation) return { kind: 'not-ours' };
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const name = textIn(flow.title, spoken.language);
  const lines = await safeResults(world, consultation, flow, spoken);
  if (lines) return { kind: 'said', text: [name, ...lines].join('\n') };
  return { kind: 'said', text: notYet(world.words, consultation, flow, spoken) };
}

/** Undefined before anything safe has been released. */
export async function safeResults(
  { pool, words }: GroupWorld,
  { id }: Consultation,
  flow: Flow,
  spoken: SpokenIn,
): Promise<readonly string[] | undefined> {
  const { base, questions } = await resultsOf(pool, id, flow, PUBLISH);
  if (base === null) return undefined;
  return [
    sayInChat(words, spoken, 'chat_results_base', { count: String(base) }),
    ...questions.flatMap((one) => lineOf(words, flow, one, spoken) ?? []),
  ];
}

/** Texts that people wrote are not shown here: nobody has cleared them for everyone. */
function lineOf(
  words: Words,
  flow: Flow,
  result: QuestionResult,
  spoken: SpokenIn,
): string | undefined {
  const question = flow.steps.get(result.id);
  if (result.base === null || question?.type !== 'question') return undefined;
  if (result.options.length === 0) return undefined;
  const options = result.options.map((option) => {
    const count = option.first === undefined ? option.count : option.first;
    const label = labelOf(question, option, spoken.language);
    return count === null
      ? sayInChat(words, spoken, 'chat_result_hidden', { label })
      : sayInChat(words, spoken, 'chat_result', { label, count: String(count) });
  });
  return `${textIn(question.text, spoken.language)} ${options.join(' ')}`;
}

function labelOf({ options }: Question, { id, label }: OptionResult, language: string): string {
  const labels = options.find((option) => option.id === id)?.label;
  return labels ? textIn(labels, language) : label;
}

function notYet(words: Words, { state }: Consultation, flow: Flow, spoken: SpokenIn): string {
  const name = textIn(flow.title, spoken.language);
  if (!flow.promise) return sayInChat(words, spoken, 'chat_results_not_yet', { name });
  const feedback_by = shortDate(words, spoken.language, flow.promise.feedbackBy);
  const sentence = state === 'open' ? 'chat_results_open' : 'chat_results_waiting';
  return sayInChat(words, spoken, sentence, { name, feedback_by });
}

/** What this chat takes part in, the newest first. */
export async function ours(world: GroupWorld, chatId: string): Promise<readonly Consultation[]> {
  const taking = await takingPartOf(world.pool, chatId);
  const found = await Promise.all(
    taking.map(({ consultationId }) => consultationById(world.pool, consultationId)),
  );
  return found.filter((one) => one !== undefined);
}
