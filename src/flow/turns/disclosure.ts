/**
 * A message told of harm: thanks, people who help, and what the flow's mode does about it, before
 * anything else. The message itself never comes here, and the question waits until GO.
 */
import { mayBeContacted, safeguardingOf } from '../introduction.ts';
import type { CommandKey, Prompt } from '../prompt.ts';
import { helplines, sentence, statement } from '../prompts/sentence.ts';
import type { Turn, TurnEvent } from '../turn.ts';
import { type Scene, turnOf } from './scene.ts';

type Disclosed = Extract<TurnEvent, { kind: 'disclosed' }>;

/** Briefly is the first message alone: it holds the helplines. */
export function meetDisclosure(scene: Scene, { answer, given }: Disclosed): Turn {
  const { state } = scene;
  const told = { ...state, signposts: given };
  const paused = state.phase === 'ended' ? told : { ...told, paused: true };
  const say = signposts(scene);
  return turnOf(scene, paused, answer === 'full' ? say : say.slice(0, 1));
}

function signposts({ flow, state }: Scene): readonly Prompt[] {
  const { language } = state;
  const mode = safeguardingOf(flow);
  const goesOn = state.phase !== 'ended';
  const second = [
    sentence(flow, state, `disclosure_${mode}`, { me: flow.words.say('label_me', language) }),
    sentence(flow, state, goesOn ? 'disclosure_go_on' : 'disclosure_clear'),
  ].join(' ');
  const key = (command: 'me' | 'go' | 'stop'): CommandKey => ({
    command,
    label: flow.words.say(`label_${command}`, language),
  });
  const keys = [
    ...(mode === 'opt_in' && mayBeContacted(state.channel) ? [key('me')] : []),
    ...(goesOn ? [key('go'), key('stop')] : []),
  ];
  return [
    statement(sentence(flow, state, 'disclosure', helplines(flow, language)), language),
    { ...statement(second, language), keys },
  ];
}
