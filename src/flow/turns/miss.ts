/**
 * An answer that could not be taken: said again in other words as often as the question allows,
 * then left. A question left is not held against anybody: BACK comes to it again.
 */
import type { Question } from '../flow.ts';
import { ask, type Before, didYouMean } from '../prompts/ask.ts';
import { sentence } from '../prompts/sentence.ts';
import type { ConversationState } from '../state.ts';
import type { Fact, Turn } from '../turn.ts';
import type { NotAllowed, Understood } from '../understand/understood.ts';
import { isConsent } from './consent.ts';
import { decline } from './end.ts';
import { goOn, goTo } from './go-on.ts';
import { type Scene, said, turnOf, withState } from './scene.ts';
import { leaving, without } from './standing.ts';

export function miss(
  scene: Scene,
  question: Question,
  understood: Exclude<Understood, { kind: 'answer' }>,
): Turn {
  const misses = scene.state.misses + 1;
  const facts: Fact[] = [{ kind: 'missed', step: question.id }];
  if (misses >= question.retries) return giveUp(scene, question, facts);
  const near = understood.kind === 'nearly' ? understood : undefined;
  const state: ConversationState = {
    ...scene.state,
    misses,
    nearly: near?.options.flatMap((place) => question.options[place]?.id ?? []),
    nearlyTogether: near?.together === true ? true : undefined,
    paused: undefined,
  };
  const there = withState(scene, state);
  if (near !== undefined) return turnOf(there, state, [didYouMean(there, question, near)], facts);
  const why = understood.kind === 'not-allowed' ? understood.why : undefined;
  return turnOf(
    there,
    state,
    ask(there, { lead: reason(there, question, why), missed: true }),
    facts,
  );
}

/** Misses in a row, as many as the step allows: nobody is asked the same thing for ever. */
function giveUp(scene: Scene, question: Question, facts: Fact[]): Turn {
  if (isConsent(scene, question)) {
    const turn = decline(scene);
    return { ...turn, facts: [...facts, ...turn.facts] };
  }
  const lead = said(scene, 'moving_on');
  if (question.onFailure === undefined) return leave(scene, question, facts, { lead });
  facts.push({ kind: 'skipped', step: question.id });
  return goTo(unanswered(scene, question), question.onFailure, facts, { lead, aboutYou: false });
}

/** Leaves a question without an answer: SKIP, or one miss too many. */
export function leave(scene: Scene, question: Question, facts: Fact[], before: Before): Turn {
  facts.push({ kind: 'skipped', step: question.id });
  return goOn(unanswered(scene, question), question, facts, before);
}

function unanswered(scene: Scene, { id }: Question): Scene {
  return withState(scene, leaving(scene.state, id, without(scene.state.answers, id)));
}

/** Not understood, or understood and not allowed: two different things to say. */
function reason({ flow, state, table }: Scene, question: Question, why?: NotAllowed): string {
  const max = String(question.max);
  switch (why) {
    case undefined:
      return table.question(question).texts.sorry;
    case 'too_many':
      return sentence(flow, state, 'too_many', { max });
    case 'too_few':
      return sentence(flow, state, 'too_few_rank', { max });
    case 'too_long':
      return sentence(flow, state, 'too_long', { max: String(question.maxLength) });
    case 'out_of_range': {
      const { name, ...values } = rangeOf(question);
      return sentence(flow, state, name, values);
    }
  }
}

/** An end that the officer left open is not named. */
function rangeOf({ kind, bounds, options }: Question): { name: string; min: string; max: string } {
  if (kind !== 'number') return { name: 'out_of_range', min: '1', max: String(options.length) };
  const name =
    bounds?.min === undefined ? 'too_big' : bounds.max === undefined ? 'too_small' : 'out_of_range';
  return { name, min: String(bounds?.min), max: String(bounds?.max) };
}
