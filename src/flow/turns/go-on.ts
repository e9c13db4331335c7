/**
 * Going on after a question was answered, skipped or left: to the next question, to the questions
 * about the person that come last, or to the end. Answers and path are those after the step.
 */
import type { Question } from '../flow.ts';
import type { Prompt } from '../prompt.ts';
import { type Before, questionPrompt } from '../prompts/ask.ts';
import { statement } from '../prompts/sentence.ts';
import type { Fact, Turn } from '../turn.ts';
import { endAtLimit, finish, saidText } from './end.ts';
import { branchTaken, type Destination, wayFrom } from './route.ts';
import { type Scene, turnOf, withState } from './scene.ts';
import { standingAt } from './standing.ts';

/** From a question that has been left behind: `scene.state` already says so. */
export function goOn(scene: Scene, from: Question, facts: Fact[], before: Before): Turn {
  const { flow, state } = scene;
  if (state.ending !== undefined) return goOnAboutYou(scene, from, facts, before);
  const next = branchTaken(flow, from.id, state.answers, facts);
  if (next === undefined) return endAtLimit(scene, 'steps', facts);
  return arrive(scene, wayFrom(flow, next, state.answers, facts), facts, before);
}

/** At the start, or where a failed question leads. */
export function goTo(
  scene: Scene,
  id: string,
  facts: Fact[],
  { aboutYou, ...before }: Before & { readonly aboutYou: boolean },
): Turn {
  const way = wayFrom(scene.flow, id, scene.state.answers, facts);
  if (way.kind === 'end' && !aboutYou) {
    return finish(scene, { end: way.end, said: way.said, lead: before.lead }, facts);
  }
  return arrive(scene, way, facts, before);
}

function arrive(scene: Scene, way: Destination, facts: Fact[], before: Before): Turn {
  const { flow } = scene;
  switch (way.kind) {
    case 'lost':
      return endAtLimit(scene, 'steps', facts);
    case 'question':
      return arriveAt(scene, way.question, way.said, { facts, before });
    case 'end': {
      const about = aboutYouAfter(scene, undefined);
      if (about === undefined) {
        return finish(scene, { end: way.end, said: way.said, lead: before.lead }, facts);
      }
      const waiting = withState(scene, { ...scene.state, ending: way.end });
      const said = way.said.filter(
        (id) => id !== way.end || flow.steps.get(id)?.type !== 'statement',
      );
      return arriveAt(waiting, about, said, { facts, before });
    }
  }
}

function goOnAboutYou(scene: Scene, from: Question, facts: Fact[], before: Before): Turn {
  const { state } = scene;
  const next = aboutYouAfter(scene, from.id);
  if (next !== undefined) return arriveAt(scene, next, [], { facts, before });
  const end = state.ending ?? '';
  return finish(scene, { end, said: [end], lead: before.lead }, facts);
}

function aboutYouAfter({ flow }: Scene, id: string | undefined): Question | undefined {
  const place = id === undefined ? 0 : flow.aboutYou.indexOf(id) + 1;
  const next = flow.steps.get(flow.aboutYou[place] ?? '');
  return next?.type === 'question' ? next : undefined;
}

interface Arrival {
  readonly facts: readonly Fact[];
  readonly before: Before;
}

/** Statements on the way are one message before the question, and take the acknowledgement. */
function arriveAt(
  scene: Scene,
  question: Question,
  said: readonly string[],
  { facts, before }: Arrival,
): Turn {
  const { path, answers, ending } = scene.state;
  const state = standingAt(scene.state, { step: question.id, path, answers, ending });
  const there = withState(scene, state);
  const text = said.length === 0 ? '' : saidText(there, said);
  if (text === '') return turnOf(there, state, [questionPrompt(there, question, before)], facts);
  const { lead, leadHint } = before;
  const note: Prompt = { ...statement(text, state.language), lead, leadHint };
  return turnOf(there, state, [note, questionPrompt(there, question, {})], facts);
}
