/**
 * The two messages that come before any question: who asks, what can and cannot change, who decides
 * and when; then how private it is and how to start or stop. It promises exactly what the flow's
 * safeguarding mode and this installation do, and nothing more.
 */
import { shortDate } from './dates.ts';
import type { Flow } from './flow.ts';
import { textsFor } from './flow-tables.ts';
import type { CommandKey, Prompt } from './prompt.ts';
import { helplines, inLanguage, sentence, statement } from './prompts/sentence.ts';
import type { ConversationState } from './state.ts';

/** The target of the GO button: it stands where a step's id stands on other buttons. */
export const INTRODUCTION = 'introduction';

export function introduction(
  flow: Flow,
  state: ConversationState,
  revision: number,
): readonly Prompt[] {
  const { once } = textsFor(flow, state);
  const who = statement(
    once('who asks', () => whoAsks(flow, state)),
    state.language,
  );
  const isPrivate = once('how private', () => howPrivate(flow, state));
  if (flow.asksConsent) {
    const hint = flow.words.say('introduction_hint_consent', state.language);
    const second = { ...statement(isPrivate, state.language), hint, hintFollowsOn: true };
    return [who, { ...second, keys: introductionKeys(flow, state) }];
  }
  const go = goPrompt(flow, state, revision);
  return [who, { ...go, text: isPrivate, keys: introductionKeys(flow, state) }];
}

/** Asks for GO and nothing else. */
export function goPrompt(flow: Flow, state: ConversationState, revision: number): Prompt {
  const { words } = flow;
  return {
    text: '',
    hint: words.say('introduction_hint', state.language),
    hintFollowsOn: true,
    input: {
      kind: 'one',
      options: [{ id: 'go', label: words.say('label_go', state.language) }],
      layout: 'row',
    },
    keys: keysOf(flow, state),
    target: { step: INTRODUCTION, revision },
    language: state.language,
  };
}

export function safeguardingOf({ privacy, installation }: Flow): 'sealed' | 'opt_in' | 'signposts' {
  if (!installation.hasSafeguardingLead) return 'signposts';
  return privacy.safeguarding;
}

function howPrivate(flow: Flow, state: ConversationState): string {
  const name = `introduction_private_${safeguardingOf(flow)}`;
  const me = flow.words.say('label_me', state.language);
  const said = sentence(flow, state, name, { ...helplines(flow, state.language), me });
  const note = `introduction_${state.channel}_note`;
  return flow.words.has(note) ? `${said} ${flow.words.say(note, state.language)}` : said;
}

function whoAsks(flow: Flow, state: ConversationState): string {
  const { promise, installation, words } = flow;
  if (promise === undefined) {
    return `${installation.organisation}: ${inLanguage(flow, flow.title, state.language)}`;
  }
  return sentence(flow, state, 'introduction_who', {
    organisation: installation.organisation,
    asks: inLanguage(flow, promise.asks, state.language),
    cannot_change: inLanguage(flow, promise.cannotChange, state.language),
    decides: inLanguage(flow, promise.decides, state.language),
    feedback_by: shortDate(words, state.language, promise.feedbackBy),
  });
}

/** Where the second message offers somebody to talk to by a button, it is there. */
function introductionKeys(flow: Flow, state: ConversationState): readonly CommandKey[] {
  const keys = keysOf(flow, state);
  if (safeguardingOf(flow) !== 'opt_in' || !mayBeContacted(state.channel)) return keys;
  return [...keys, { command: 'me', label: flow.words.say('label_me', state.language) }];
}

/** Nobody can be reached through a web page, so it must not offer to. */
export function mayBeContacted(channel: ConversationState['channel']): boolean {
  return channel !== 'web';
}

function keysOf({ words }: Flow, { language }: ConversationState): readonly CommandKey[] {
  return [
    { command: 'stop', label: words.say('label_stop', language) },
    { command: 'more', label: words.say('label_more', language) },
  ];
}
