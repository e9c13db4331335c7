/** The first words and the first yes: the introduction, and GO. */
import { goPrompt, introduction } from '../introduction.ts';
import type { Prompt } from '../prompt.ts';
import { ask } from '../prompts/ask.ts';
import { sentence } from '../prompts/sentence.ts';
import type { ConversationState } from '../state.ts';
import type { Turn } from '../turn.ts';
import { yesOrNo } from '../understand/yes-or-no.ts';
import { decline } from './end.ts';
import { goTo } from './go-on.ts';
import { openQuestion, type Scene, turnOf, withState } from './scene.ts';

/** A flow that asks for consent asks at once; any other waits for GO. */
export function introduce(scene: Scene): Turn {
  const { flow, state } = scene;
  if (!flow.asksConsent) return turnOf(scene, state, introductionPrompts(scene));
  const asking: ConversationState = { ...state, phase: 'asking', step: flow.start };
  const there = withState(scene, asking);
  return turnOf(there, asking, [...introductionPrompts(there), ...ask(there)]);
}

function introductionPrompts({ flow, state, context }: Scene): readonly Prompt[] {
  return introduction(flow, state, context.revision);
}

/** GO: from here on this person takes part. */
export function join(scene: Scene): Turn {
  return goTo(scene, scene.flow.start, [{ kind: 'joined' }], { aboutYou: true });
}

/** Says again what is waited for: the open question, or GO after the introduction. */
export function sayAgain(scene: Scene, lead?: string): readonly Prompt[] {
  const { flow, state, context } = scene;
  if (state.phase === 'ended') return [];
  if (openQuestion(scene) !== undefined) return ask(scene, { lead });
  if (lead === undefined) return introductionPrompts(scene);
  return [{ ...goPrompt(flow, state, context.revision), lead }];
}

/** More answers than this to the introduction are a machine's, or a game: they get no reply. */
const MOST_REPLIES = 5;

/** A text that is no command while GO is awaited. */
export function beforeGo(scene: Scene, folded: string): Turn {
  const { flow, state, table } = scene;
  const said = yesOrNo(folded, table.words);
  if (said === true) return join(scene);
  if (said === false) return decline(scene);
  const waiting = { ...state, misses: state.misses + 1, paused: undefined };
  const say = state.misses >= MOST_REPLIES ? [] : sayAgain(scene, sentence(flow, state, 'sorry'));
  return turnOf(scene, waiting, say);
}
