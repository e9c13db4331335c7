/**
 * Taps on buttons. A tap names the step and the revision that it was offered with: an old one is
 * answered with the question that waits now, never applied.
 */
import type { Question } from '../flow.ts';
import { INTRODUCTION } from '../introduction.ts';
import type { Command } from '../prompt.ts';
import { sentence } from '../prompts/sentence.ts';
import type { Turn, TurnEvent } from '../turn.ts';
import { answerFor } from '../understand/option-answer.ts';
import { notAllowed, type Understood } from '../understand/understood.ts';
import { settle } from './answer.ts';
import { join } from './begin.ts';
import { again } from './command.ts';
import { openQuestion, type Scene } from './scene.ts';

type PersonEvent = Extract<TurnEvent, { kind: 'text' | 'choice' | 'command' }>;
type Tap = Extract<TurnEvent, { kind: 'choice' }>;

export function tapped(scene: Scene, tap: Tap): Turn {
  const { state, context } = scene;
  const fresh = tap.revision === context.revision - 1;
  if (
    fresh &&
    state.phase === 'introduced' &&
    tap.step === INTRODUCTION &&
    tap.options[0] === 'go'
  ) {
    return join(scene);
  }
  const question = openQuestion(scene);
  if (question === undefined || !fresh || tap.step !== question.id) return stale(scene);
  const understood = understandTap(question, tap.options);
  return understood === undefined ? stale(scene) : settle(scene, question, understood);
}

/** Asks for another question than the one that is open: so an old button must not move it. */
const MOVES: ReadonlySet<Command> = new Set(['go', 'skip', 'back', 'finish']);

/**
 * Whether a command's button, or a form that was written into, belongs to a question that has gone
 * by. A form may have been open for a while: it is only old when another question is open now.
 */
export function isBehindUs(
  scene: Scene,
  event: Exclude<PersonEvent, Tap>,
  command: Command | undefined,
): boolean {
  const { target } = event;
  if (target === undefined || (command !== undefined && !MOVES.has(command))) return false;
  const introduced = scene.state.phase === 'introduced';
  const open = introduced ? INTRODUCTION : openQuestion(scene)?.id;
  if (target.step !== open) return true;
  return event.kind === 'command' && target.revision !== scene.context.revision - 1;
}

export function stale(scene: Scene): Turn {
  const turn = again(scene, sentence(scene.flow, scene.state, 'stale_tap'));
  return { ...turn, facts: [{ kind: 'stale-tap' }, ...turn.facts] };
}

/** Undefined where an option is none of this question's. */
function understandTap(question: Question, ids: readonly string[]): Understood | undefined {
  const places = ids.map((id) => question.options.findIndex((option) => option.id === id));
  if (places.includes(-1) || new Set(places).size !== places.length) return undefined;
  if (places.length === 0) return question.options.length > 0 ? { kind: 'missed' } : undefined;
  if (places.length > question.max) return notAllowed('too_many');
  if (question.kind === 'rank' && places.length < question.max) return notAllowed('too_few');
  const understood = answerFor(question, places);
  return understood.kind === 'answer' ? understood : undefined;
}
