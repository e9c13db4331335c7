/** The state of a conversation that is about to begin; `begin` is the first event it is given. */
import type { Flow } from './flow.ts';
import { type ConversationState, STATE_SCHEMA } from './state.ts';

export interface Beginning {
  readonly channel: ConversationState['channel'];
  /** The person's language; the flow's first one where the flow does not speak it. */
  readonly language?: string;
}

export function beginConversation(flow: Flow, { channel, language }: Beginning): ConversationState {
  return {
    schema: STATE_SCHEMA,
    channel,
    language: languageFor(flow, language),
    phase: 'introduced',
    step: null,
    path: [],
    answers: {},
    misses: 0,
    turns: 0,
  };
}

/** The wanted language, or a nearer form of it ("en" for "en-GB"), or the flow's first. */
export function languageFor(flow: Flow, wanted: string | undefined): string {
  const first = flow.languages[0] ?? 'en';
  if (wanted === undefined || flow.languages.includes(wanted)) return wanted ?? first;
  const base = wanted.split('-')[0] ?? wanted;
  return flow.languages.find((one) => one === base || one.split('-')[0] === base) ?? first;
}
