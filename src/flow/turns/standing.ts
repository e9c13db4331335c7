/**
 * The states that a turn passes through. All are made here with the same properties in the same
 * order: the runtime is several times quicker with objects of one shape than with copies.
 */

import type { ConversationState } from '../state.ts';
import type { Answers } from '../values.ts';

/** One more turn of the person's own. */
export function counted(state: ConversationState): ConversationState {
  return {
    schema: state.schema,
    channel: state.channel,
    language: state.language,
    phase: state.phase,
    step: state.step,
    path: state.path,
    answers: state.answers,
    misses: state.misses,
    nearly: state.nearly,
    nearlyTogether: state.nearlyTogether,
    ending: state.ending,
    turns: state.turns + 1,
    paused: state.paused,
    reminded: state.reminded,
  };
}

export interface Place {
  readonly step: string | null;
  readonly path: readonly string[];
  readonly answers: Answers;
  readonly ending: string | undefined;
}

/** Somewhere else on the way: misses, "did you mean" and the pause of a disclosure stay behind. */
export function standingAt(state: ConversationState, place: Place): ConversationState {
  return {
    schema: state.schema,
    channel: state.channel,
    language: state.language,
    phase: 'asking',
    step: place.step,
    path: place.path,
    answers: place.answers,
    misses: 0,
    nearly: undefined,
    nearlyTogether: undefined,
    ending: place.ending,
    turns: state.turns,
    paused: undefined,
    reminded: state.reminded,
  };
}

/** A question left behind, with its answer or without. */
export function leaving(
  state: ConversationState,
  question: string,
  answers: Answers,
): ConversationState {
  const { step, path, ending } = state;
  return standingAt(state, { step, path: [...path, question], answers, ending });
}

/** The same object where there is nothing to leave out. */
export function without(answers: Answers, question: string): Answers {
  if (answers[question] === undefined) return answers;
  const { [question]: _, ...others } = answers;
  return others;
}
