/**
 * What each command does. Those that only the outside can answer leave as a fact and change
 * nothing; every other one is answered here, whatever the question.
 */
import type { RecognisedCommand } from '../commands.ts';
import type { Command } from '../prompt.ts';
import { easyVariant } from '../prompts/question-texts.ts';
import { helplines, sentence, statement, type Values } from '../prompts/sentence.ts';
import type { ConversationState } from '../state.ts';
import type { Turn } from '../turn.ts';
import { join, sayAgain } from './begin.ts';
import { decline, ended, finishEarly } from './end.ts';
import { leave } from './miss.ts';
import { openQuestion, type Scene, said, turnOf, withState } from './scene.ts';
import { standingAt, without } from './standing.ts';

export function obey(scene: Scene, { command, language }: RecognisedCommand): Turn {
  switch (command) {
    case 'go':
      return go(scene);
    case 'stop':
      return stop(scene);
    case 'help':
      return tell(scene, 'help', helplines(scene.flow, scene.state.language));
    case 'more':
      return more(scene);
    case 'skip':
      return skip(scene);
    case 'back':
      return back(scene);
    case 'again':
      return again(scene);
    case 'easy':
      return easy(scene);
    case 'language':
      return switchTo(scene, language ?? '');
    case 'me':
      return tell(scene, 'me_not_offered', {});
    case 'finish':
      return scene.state.phase === 'introduced' ? decline(scene) : finishEarly(scene);
    default:
      return outside(scene, command);
  }
}

/** Only the outside knows: it answers, and the conversation stays where it is. */
export function outside(scene: Scene, command: Command): Turn {
  return turnOf(scene, scene.state, [], [{ kind: 'asked', command }]);
}

function go(scene: Scene): Turn {
  return scene.state.phase === 'introduced' ? join(scene) : again(scene);
}

export function again(scene: Scene, lead?: string): Turn {
  const state = unpaused(scene.state);
  return turnOf(scene, state, sayAgain(withState(scene, state), lead));
}

function unpaused(state: ConversationState): ConversationState {
  return state.paused ? { ...state, paused: undefined } : state;
}

function stop(scene: Scene): Turn {
  const { flow, state } = scene;
  const text = sentence(flow, state, 'stopped', helplines(flow, state.language));
  const say = [statement(text, state.language)];
  return turnOf(scene, ended(state, 'stopped'), say, [{ kind: 'stopped' }]);
}

/** On a page the question follows, so that its buttons are the newest; a text says only this. */
function tell(scene: Scene, name: string, values: Values): Turn {
  const { flow, state } = scene;
  const told = statement(sentence(flow, state, name, values), state.language);
  return turnOf(scene, state, state.channel === 'sms' ? [told] : [told, ...sayAgain(scene)]);
}

function more(scene: Scene): Turn {
  const { installation, keyword } = scene.flow;
  const { coolingOffHours, publicUrl } = installation;
  const chat = `${publicUrl}/chat/${keyword.toLowerCase()}`;
  const values = {
    chat_url: chat.replace(/^https?:\/\//, ''),
    cooling_days: String(Math.ceil(coolingOffHours / 24)),
  };
  return tell(scene, coolingOffHours <= 24 ? 'more_soon' : 'more', values);
}

function skip(scene: Scene): Turn {
  const question = openQuestion(scene);
  if (question === undefined) return again(scene);
  if (!question.skippable) return again(scene, said(scene, 'cannot_skip'));
  return leave(scene, question, [], { lead: said(scene, 'skipped') });
}

/** The question before is asked afresh: its answer goes, and so does everything that hung on it. */
function back(scene: Scene): Turn {
  const { flow, state } = scene;
  const to = state.path.at(-1);
  if (state.phase === 'introduced') return again(scene);
  if (to === undefined) return again(scene, said(scene, 'nothing_to_go_back'));
  const before = standingAt(state, {
    step: to,
    path: state.path.slice(0, -1),
    answers: without(state.answers, to),
    ending: flow.aboutYou.includes(to) ? state.ending : undefined,
  });
  return turnOf(scene, before, sayAgain(withState(scene, before)));
}

function easy(scene: Scene): Turn {
  const { flow, state } = scene;
  const variant = easyVariant(flow, state.language);
  if (variant !== undefined) return speak(scene, variant, 'easy_on');
  const on = state.language.endsWith('-easy');
  return again(scene, said(scene, on ? 'easy_on' : 'easy_not_offered'));
}

function switchTo(scene: Scene, language: string): Turn {
  const { flow, state } = scene;
  const offered = flow.languages.includes(language)
    ? language
    : flow.languages.find((one) => one.split('-')[0] === language);
  if (offered !== undefined) return speak(scene, offered, 'language_changed');
  const names = flow.words.vocabulary.languageNames;
  const languages = flow.languages.map((one) => names[one] ?? one).join(', ');
  return again(scene, sentence(flow, state, 'language_not_offered', { languages }));
}

/** Says so in the new language, and asks again in it; before GO the introduction itself shows it. */
function speak(scene: Scene, language: string, name: string): Turn {
  const state = { ...unpaused(scene.state), language };
  const there = withState(scene, state);
  const lead = said(there, name);
  const say = sayAgain(there, state.phase === 'introduced' ? undefined : lead);
  return turnOf(there, state, say, [{ kind: 'language', language }]);
}
