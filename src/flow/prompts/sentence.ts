/** The program's own sentences as prompts: those that say something and wait for nothing. */
import { formFor } from '../channel-form.ts';
import type { Flow } from '../flow.ts';
import type { Prompt } from '../prompt.ts';
import type { ConversationState } from '../state.ts';

export type Values = Readonly<Record<string, string>>;

/** In the form that is true on the conversation's channel. */
export function sentence(
  flow: Flow,
  state: ConversationState,
  name: string,
  values?: Values,
): string {
  return flow.words.say(formFor(flow.words, state.channel, name), state.language, values);
}

export function statement(text: string, language: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language };
}

/** A text of the flow in the person's language; the flow's first language is the fallback. */
export function inLanguage(
  flow: Flow,
  localised: Readonly<Record<string, string>>,
  language: string,
): string {
  return localised[language] ?? localised[flow.languages[0] ?? 'en'] ?? '';
}

/** Who helps people of this flow's ages; where any age may answer, everybody's helpline. */
export function helplines(flow: Flow, language: string): Values {
  const [youngest, oldest] = flow.ages ?? [0, 120];
  const group = oldest < 19 ? 'under_19' : youngest >= 19 ? '19_plus' : 'any';
  return {
    helpline_short: flow.words.say(`helpline_${group}`, language),
    helpline: flow.words.say(`helpline_long_${group}`, language),
  };
}
