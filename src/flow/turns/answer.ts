/**
 * An answer taken, or one that was not: what the person said about the open question, once it is
 * known what it means. Nothing is ever taken that the question does not offer.
 */
import type { AnswerValue, Question } from '../flow.ts';
import { ask, type Before, didYouMean } from '../prompts/ask.ts';
import { sentence } from '../prompts/sentence.ts';
import type { ConversationState } from '../state.ts';
import type { Fact, Turn } from '../turn.ts';
import type { NotAllowed, Understood } from '../understand/understood.ts';
import { decline } from './end.ts';
import { goOn, goTo } from './go-on.ts';
import { wayFrom } from './route.ts';
import { type Scene, turnOf, withState } from './scene.ts';

export function settle(scene: Scene, question: Question, understood: Understood): Turn {
  return understood.kind === 'answer'
    ? take(scene, question, understood.value, understood.said)
    : miss(scene, question, understood);
}

function take(scene: Scene, question: Question, value: AnswerValue, said: readonly number[]): Turn {
  const { state } = scene;
  const answers = { ...state.answers, [question.id]: value };
  const facts: Fact[] = [{ kind: 'answered', step: question.id }];
  if (isConsent(scene, question)) return takeConsent(scene, question, value === true);
  const path = [...state.path, question.id];
  const left = withState(scene, { ...state, answers, path });
  return goOn(left, question, facts, acknowledgement(scene, question, value, said));
}

function takeConsent(scene: Scene, question: Question, given: boolean): Turn {
  const answers = { ...scene.state.answers, [question.id]: given };
  const answered = withState(scene, { ...scene.state, answers });
  if (given) {
    const facts: Fact[] = [{ kind: 'joined' }, { kind: 'answered', step: question.id }];
    return goOn(answered, question, facts, {});
  }
  return decline(answered, endAfterNo(answered, question));
}

/** Where the flow would have led, so that its own tests can name that end. */
function endAfterNo({ flow, state }: Scene, question: Question): string {
  for (const branch of question.next) {
    if (branch.when !== undefined && branch.when.holds(state.answers) !== true) continue;
    const way = wayFrom(flow, branch.go, state.answers, []);
    return way.kind === 'end' ? way.end : 'declined';
  }
  return 'declined';
}

export function isConsent({ flow }: Scene, question: Question): boolean {
  return flow.asksConsent && question.id === flow.start;
}

function acknowledgement(
  { flow, state, table }: Scene,
  question: Question,
  value: AnswerValue,
  said: readonly number[],
): Before {
  const { language } = state;
  if (question.kind === 'text') return { lead: flow.words.say('got_it_text', language) };
  const { gotIt, gotItHint, options } = table.question(question).texts;
  if (question.kind === 'choose_many' || question.kind === 'rank') {
    const answers = said.map((place) => options[place]?.label ?? '').join(', ');
    return { lead: flow.words.say('got_it_many', language, { answers }), leadHint: gotItHint };
  }
  const lead =
    gotIt[said[0] ?? -1] ?? flow.words.say('got_it', language, { answer: String(value) });
  return { lead, leadHint: gotItHint };
}

function miss(
  scene: Scene,
  question: Question,
  understood: Exclude<Understood, { kind: 'answer' }>,
): Turn {
  const { state } = scene;
  const misses = state.misses + 1;
  const facts: Fact[] = [{ kind: 'missed', step: question.id }];
  if (misses >= question.retries) return giveUp(scene, question, facts);
  const missed: ConversationState = {
    ...state,
    misses,
    nearly: undefined,
    nearlyTogether: undefined,
    paused: undefined,
  };
  if (understood.kind !== 'nearly') {
    const lead = reason(scene, question, understood.kind === 'missed' ? undefined : understood.why);
    return turnOf(scene, missed, ask(withState(scene, missed), { lead, missed: true }), facts);
  }
  const near: ConversationState = {
    ...missed,
    nearly: understood.options.flatMap((place) => question.options[place]?.id ?? []),
    nearlyTogether: understood.together ? true : undefined,
  };
  return turnOf(scene, near, [didYouMean(withState(scene, near), question, understood)], facts);
}

/** Misses in a row, as many as the step allows: nobody is asked the same thing for ever. */
function giveUp(scene: Scene, question: Question, facts: Fact[]): Turn {
  if (isConsent(scene, question)) {
    const turn = decline(scene);
    return { ...turn, facts: [...facts, ...turn.facts] };
  }
  const lead = sentence(scene.flow, scene.state, 'moving_on');
  if (question.onFailure === undefined) return leave(scene, question, facts, { lead });
  facts.push({ kind: 'skipped', step: question.id });
  const left = withState(scene, withoutAnswer(scene.state, question));
  return goTo(left, question.onFailure, facts, { lead, aboutYou: false });
}

/** Leaves a question without an answer: SKIP, or one miss too many. */
export function leave(scene: Scene, question: Question, facts: Fact[], before: Before): Turn {
  facts.push({ kind: 'skipped', step: question.id });
  const left = withState(scene, withoutAnswer(scene.state, question));
  return goOn(left, question, facts, before);
}

function withoutAnswer(state: ConversationState, { id }: Question): ConversationState {
  const { [id]: _, ...answers } = state.answers;
  return { ...state, answers, path: [...state.path, id] };
}

/** Not understood, or understood and not allowed: two different things to say. */
function reason({ flow, state, table }: Scene, question: Question, why?: NotAllowed): string {
  const say = (name: string, values: Record<string, string>): string =>
    sentence(flow, state, name, values);
  const max = String(question.max);
  switch (why) {
    case undefined:
      return table.question(question).texts.sorry;
    case 'too_many':
      return say('too_many', { max });
    case 'too_few':
      return say('too_few_rank', { max });
    case 'too_long':
      return say('too_long', { max: String(question.maxLength) });
    case 'out_of_range': {
      if (question.kind !== 'number') {
        return say('out_of_range', { min: '1', max: String(question.options.length) });
      }
      const { min, max: most } = question.bounds ?? {};
      if (min === undefined) return say('too_big', { max: String(most) });
      if (most === undefined) return say('too_small', { min: String(min) });
      return say('out_of_range', { min: String(min), max: String(most) });
    }
  }
}
