/**
 * What a flow costs by text message: each message in each language, in parts, at its dearest (the
 * longest acknowledgement before it). For the officer's eyes; a sending counts its own parts.
 */
import { closing } from './closing.ts';
import type { Flow, Question } from './flow.ts';
import { introduction } from './introduction.ts';
import { numberedText } from './numbered-text.ts';
import type { Prompt } from './prompt.ts';
import { type QuestionTexts, questionTexts } from './prompts/question-texts.ts';
import { inLanguage } from './prompts/sentence.ts';
import { dearCharacters, smsEncoding, smsLength, smsParts } from './sms-parts.ts';
import { beginConversation } from './state-begin.ts';

export interface MessageCost {
  /** `introduction` and `closing` for the program's own messages. */
  readonly step: string;
  readonly language: string;
  readonly parts: number;
  readonly length: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** The characters that halve the room. */
  readonly dear: readonly string[];
  readonly text: string;
}

export function flowCost(flow: Flow): readonly MessageCost[] {
  return flow.languages.flatMap((language) => [
    ...introductionCost(flow, language),
    ...stepCosts(flow, language),
    costOf('closing', language, closingText(flow, language)),
  ]);
}

function introductionCost(flow: Flow, language: string): readonly MessageCost[] {
  const state = beginConversation(flow, { channel: 'sms', language });
  return introduction(flow, state, 1).map((prompt) =>
    costOf('introduction', language, numberedText(prompt)),
  );
}

/** On a day like any other: days differ by a letter or two. */
function closingText(flow: Flow, language: string): string {
  const state = beginConversation(flow, { channel: 'sms', language });
  return numberedText(closing(flow, state, new Date('2026-11-26T12:00:00Z')));
}

function stepCosts(flow: Flow, language: string): readonly MessageCost[] {
  const most = flow.steps.get(flow.start);
  const total = most?.type === 'question' ? most.longest : undefined;
  const before = longestLeads(flow, language);
  return [...flow.steps.values()].map((step) => {
    if (step.type === 'statement')
      return costOf(step.id, language, inLanguage(flow, step.say, language));
    const lead = before.get(step.id);
    return costOf(
      step.id,
      language,
      asked(flow, step, language, { total, ...(lead ? { lead } : {}) }),
    );
  });
}

interface Around {
  readonly total: number | undefined;
  readonly lead?: string;
}

function asked(flow: Flow, question: Question, language: string, { total, lead }: Around): string {
  const texts = questionTexts(flow, question, language, 'sms');
  const place = total === undefined ? 1 : total - (question.longest ?? 1) + 1;
  const progress = flow.words.say('progress', language, {
    n: String(Math.max(1, place)),
    total: String(total ?? 1),
  });
  const hint = lead === undefined ? texts.hint.first : texts.hint.later;
  return numberedText({
    ...(lead === undefined ? {} : { lead, leadHint: flow.words.say('got_it_hint', language) }),
    text: question.id === 'consent' || total === 1 ? texts.text : `${progress} ${texts.text}`,
    ...(hint === undefined ? {} : { hint }),
    hintFollowsOn: !isListed(texts),
    input: texts.input,
    keys: [],
    language,
  } satisfies Prompt);
}

function isListed({ input, layout }: QuestionTexts): boolean {
  return input.kind === 'many' || (input.kind === 'one' && layout === 'list');
}

/** The longest "..., got it." that can stand before each question. */
function longestLeads(flow: Flow, language: string): ReadonlyMap<string, string> {
  const leads = new Map<string, string>();
  for (const step of flow.steps.values()) {
    if (step.type !== 'question') continue;
    const answers = step.options.map((option) => inLanguage(flow, option.label, language));
    const longest = answers.reduce((best, one) => (one.length > best.length ? one : best), '');
    if (longest === '' || step.id === 'consent') continue;
    const lead = flow.words.say('got_it', language, { answer: longest });
    for (const { go } of step.next)
      if ((leads.get(go)?.length ?? 0) < lead.length) leads.set(go, lead);
  }
  return leads;
}

function costOf(step: string, language: string, text: string): MessageCost {
  return {
    step,
    language,
    parts: smsParts(text),
    length: smsLength(text),
    encoding: smsEncoding(text),
    dear: dearCharacters(text),
    text,
  };
}
