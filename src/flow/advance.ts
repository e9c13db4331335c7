/**
 * The engine: one event in, the next state, what to say and what happened out. Pure and synchronous;
 * nothing that comes in can make it throw, and it never keeps anything between two turns.
 */
import { commandIn, type RecognisedCommand } from './commands.ts';
import type { Flow, Question } from './flow.ts';
import { fold } from './fold.ts';
import type { ConversationState } from './state.ts';
import type { Turn, TurnContext, TurnEvent } from './turn.ts';
import { settle } from './turns/answer.ts';
import { beforeGo, introduce } from './turns/begin.ts';
import { again, obey, outside } from './turns/command.ts';
import { meetDisclosure } from './turns/disclosure.ts';
import { endAtLimit } from './turns/end.ts';
import { openQuestion, type Scene, sceneOf, turnOf } from './turns/scene.ts';
import { counted } from './turns/standing.ts';
import { isBehindUs, stale, tapped } from './turns/tap.ts';
import { closeMidway, expireIfDue, remind } from './turns/wake.ts';
import { understandNearly } from './understand/nearly.ts';
import { answerFor } from './understand/option-answer.ts';
import { understand } from './understand/understand.ts';

const MOST_TURNS = 500;

export function advance(
  flow: Flow,
  state: ConversationState,
  event: TurnEvent,
  context: TurnContext,
): Turn {
  const scene = sceneOf(flow, state, context);
  switch (event.kind) {
    case 'begin':
      return introduce(scene);
    case 'text':
    case 'choice':
    case 'command':
      return personSays(scene, event);
    case 'suggestion':
      return suggested(scene, event.option);
    case 'disclosed':
      return meetDisclosure(scene, event);
    case 'remind':
      return remind(scene, event.revision);
    case 'expire':
      return expireIfDue(scene, event.revision);
    case 'closed':
      return closeMidway(scene);
  }
}

type Said = Extract<TurnEvent, { kind: 'text' | 'choice' | 'command' }>;

/** A turn of the person's own counts; after so many the conversation ends. */
function personSays(before: Scene, event: Said): Turn {
  const { flow, state, context, table } = before;
  const folded = event.kind === 'text' ? fold(event.text) : '';
  const command = commandFrom(before, event, folded);
  if (state.phase === 'ended') return afterTheEnd(before, command);
  const scene = { flow, state: counted(state), context, table };
  const { turns } = scene.state;
  if (event.kind !== 'choice' && isBehindUs(scene, event, command?.command))
    return turns > MOST_TURNS ? endAtLimit(scene, 'turns') : stale(scene);
  if (command !== undefined && command.command !== 'go') {
    const turn = commanded(scene, before, command);
    if (turn !== undefined) return turns > MOST_TURNS ? atTheLimit(scene, turn) : turn;
  }
  if (turns > MOST_TURNS) return endAtLimit(scene, 'turns');
  if (event.kind === 'choice') return tapped(scene, event);
  if (event.kind === 'command') return obey(scene, event);
  return typed(scene, event.text, { folded, go: command !== undefined });
}

/** What may as well be an answer is one while a question waits. */
function commandFrom(
  { state, table }: Scene,
  event: Said,
  folded: string,
): RecognisedCommand | undefined {
  if (event.kind !== 'text') return event.kind === 'command' ? event : undefined;
  const command = commandIn(event.text, folded, table.commands);
  return command?.orAnswer && state.phase === 'asking' ? undefined : command;
}

/** Even at the limit STOP is STOP; whatever else was asked for then ends the conversation. */
function atTheLimit(scene: Scene, turn: Turn): Turn {
  return turn.state.phase === 'ended' ? turn : endAtLimit(scene, 'turns');
}

/** Undefined where the word is no command here: ME is one only where it is offered. */
function commanded(scene: Scene, before: Scene, command: RecognisedCommand): Turn | undefined {
  switch (command.command) {
    case 'start':
    case 'check':
    case 'delete':
    case 'wrong-number':
    case 'who-is-this':
    case 'link':
    case 'unlink':
      return outside(before, command.command);
    case 'me':
      return scene.flow.privacy.safeguarding === 'opt_in' ? outside(before, 'me') : undefined;
    default:
      return obey(scene, command);
  }
}

/** An ended conversation says nothing more; what only the outside can answer still reaches it. */
function afterTheEnd(scene: Scene, command: RecognisedCommand | undefined): Turn {
  if (command === undefined) return turnOf(scene, scene.state);
  return commanded(scene, scene, command)?.facts[0]?.kind === 'asked'
    ? outside(scene, command.command)
    : turnOf(scene, scene.state);
}

interface Typed {
  readonly folded: string;
  /** It is a word for GO: an answer all the same, where the question takes it for one. */
  readonly go: boolean;
}

function typed(scene: Scene, text: string, { folded, go }: Typed): Turn {
  const { state, table } = scene;
  if (state.phase === 'introduced')
    return go ? obey(scene, { command: 'go' }) : beforeGo(scene, folded);
  const question = openQuestion(scene);
  if (question === undefined) return endAtLimit(scene, 'steps');
  if (state.paused) return again(scene);
  const { options } = table.question(question);
  const understood =
    understandNearly(question, state, options, folded) ??
    understand(question, options, text, folded);
  if (go && (understood.kind === 'missed' || isBareGo(question, folded))) return again(scene);
  return settle(scene, question, understood);
}

/** The word GO itself is never what anybody wants to tell us; "yes" and "OK" may be. */
function isBareGo(question: Question, folded: string): boolean {
  return question.kind === 'text' && folded === 'go';
}

/** From an assistant outside: only for a question that was just not understood. */
function suggested(scene: Scene, option: string): Turn {
  const { state } = scene;
  const question = openQuestion(scene);
  const place = question?.options.findIndex(({ id }) => id === option) ?? -1;
  if (question === undefined || place === -1 || state.misses === 0) return turnOf(scene, state);
  const understood = answerFor(question, [place]);
  const settles = understood.kind === 'answer' && question.kind !== 'rank';
  return settles ? settle(scene, question, understood) : turnOf(scene, state);
}
