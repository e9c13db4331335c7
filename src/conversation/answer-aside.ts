/** An answer to something that is no answer to the question: the question stays where it is. */
import type { Prompt } from '../flow/prompt.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { onlySay, type Situation } from './situation.ts';
import type { World } from './world.ts';

/** In a conversation the question comes again after the answer, with buttons that still work. */
export async function answerAside(
  world: World,
  situation: Situation,
  say: readonly Prompt[],
  effects: readonly Effect[] = [],
): Promise<DecidedTurn> {
  const { conversation } = situation;
  if (!conversation) return { ...onlySay(situation, say), effects };
  const again = step(world, conversation, { kind: 'command', command: 'again' });
  const decided = await decidedBy(world, { ...situation, conversation }, again, { effects });
  return situation.inbound.channel === 'sms'
    ? { ...decided, say }
    : { ...decided, say: [...say, ...again.say] };
}
