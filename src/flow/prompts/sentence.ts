/** The program's own sentences as prompts: those that say something and wait for nothing. */
import type { Flow } from '../flow.ts';
import type { Prompt } from '../prompt.ts';
import type { ConversationState } from '../state.ts';

export type Values = Readonly<Record<string, string>>;

/** On a web page a sentence's `_web` variant is said where there is one: nobody "texts" there. */
export function sentence(
  flow: Flow,
  state: ConversationState,
  name: string,
  values?: Values,
): string {
  const onWeb = state.channel === 'web' && flow.words.has(`${name}_web`);
  return flow.words.say(onWeb ? `${name}_web` : name, state.language, values);
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
