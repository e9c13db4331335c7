/**
 * Every way that a conversation ends. What was answered leaves in the facts and nowhere else: an
 * ended state holds no answer.
 */
import { closing } from '../closing.ts';
import type { Prompt } from '../prompt.ts';
import { inLanguage, sentence, statement } from '../prompts/sentence.ts';
import type { ConversationState } from '../state.ts';
import type { Fact, Turn } from '../turn.ts';
import type { Answers, AnswerValue } from '../values.ts';
import { type Scene, turnOf } from './scene.ts';

/** At the flow's own end: its last words, then ours. */
export function finish(
  scene: Scene,
  last: { readonly end: string; readonly said: readonly string[]; readonly lead?: string },
  facts: readonly Fact[] = [],
): Turn {
  const { flow, state, context } = scene;
  const text = saidText(scene, last.said);
  const closed = closing(flow, state, context.now);
  // "All done" acknowledges the last answer by itself: with a lead it would not fit one part.
  const say: Prompt[] =
    text === '' ? [closed] : [{ ...statement(text, state.language), lead: last.lead }, closed];
  return turnOf(scene, ended(state, last.end), say, [...facts, finished(state, false)]);
}

/** FINISH: what was answered counts; with nothing answered, nothing is kept. */
export function finishEarly(scene: Scene): Turn {
  const { flow, state, context } = scene;
  if (!hasAnswered(state)) return decline(scene);
  const whole = state.ending !== undefined;
  const say = [
    statement(sentence(flow, state, 'finished_early'), state.language),
    closing(flow, state, context.now),
  ];
  return turnOf(scene, ended(state, 'finished'), say, [finished(state, !whole)]);
}

export function decline(scene: Scene, at = 'declined'): Turn {
  const { flow, state } = scene;
  const say = [statement(sentence(flow, state, 'declined'), state.language)];
  return turnOf(scene, ended(state, at), say, [{ kind: 'declined' }]);
}

/** The hard limits: nobody is to blame, and nothing that was answered is lost. */
export function endAtLimit(
  scene: Scene,
  limit: 'steps' | 'turns',
  facts: readonly Fact[] = [],
): Turn {
  const { flow, state } = scene;
  const say = [statement(sentence(flow, state, 'too_many_turns'), state.language)];
  const kept: readonly Fact[] = hasAnswered(state) ? [finished(state, true)] : [];
  return turnOf(scene, ended(state, 'limit'), say, [
    ...facts,
    { kind: 'limit-reached', limit },
    ...kept,
  ]);
}

/** Time ran out, or the officer closed: half an answer counts only where the flow says so. */
export function expire(scene: Scene, at: 'expired' | 'closed', say: readonly Prompt[] = []): Turn {
  const { flow, state } = scene;
  const keep = flow.privacy.keepPartial && hasAnswered(state);
  const facts: readonly Fact[] = keep
    ? [{ kind: 'expired' }, finished(state, true)]
    : [{ kind: 'expired' }];
  return turnOf(scene, ended(state, at), say, facts);
}

export function ended(state: ConversationState, endedAt: string): ConversationState {
  return {
    schema: state.schema,
    channel: state.channel,
    language: state.language,
    phase: 'ended',
    step: null,
    path: [],
    answers: {},
    misses: 0,
    endedAt,
    turns: state.turns,
  };
}

/** The answers of the questions that lie on the way that was gone. Consent is not one of them. */
function answersOnPath({ path, answers }: ConversationState): Answers {
  const kept: Record<string, AnswerValue> = {};
  for (const id of path) {
    const answer = answers[id];
    if (answer !== undefined) kept[id] = answer;
  }
  return kept;
}

function hasAnswered({ path, answers }: ConversationState): boolean {
  return path.some((id) => answers[id] !== undefined);
}

function finished(state: ConversationState, partial: boolean): Fact {
  return { kind: 'finished', answers: answersOnPath(state), partial };
}

/** The texts of the statements passed on the way, in order. */
export function saidText({ flow, state }: Scene, said: readonly string[]): string {
  const texts: string[] = [];
  for (const id of said) {
    const step = flow.steps.get(id);
    if (step?.type === 'statement') texts.push(inLanguage(flow, step.say, state.language));
  }
  return texts.join('\n');
}
