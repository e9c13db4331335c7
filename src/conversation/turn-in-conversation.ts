/**
 * A turn of an open conversation: the engine says what happens, this file turns its facts into
 * what must be written. What only the outside knows (CHECK, DELETE) is answered here without
 * moving the conversation.
 */
import type { InboundEvent } from '../channel.ts';
import type { TurnEvent } from '../flow/turn.ts';
import { answerFromOutside } from './answer-from-outside.ts';
import { finishedOnAnother } from './asked-once.ts';
import type { DecidedTurn } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { keywordInConversation } from './keyword.ts';
import { scoreTap } from './score.ts';
import type { InConversation } from './situation.ts';
import type { World } from './world.ts';

export async function turnInConversation(
  world: World,
  situation: InConversation,
): Promise<DecidedTurn> {
  const { inbound, conversation } = situation;
  const scored = await scoreTap(world, situation);
  if (scored) return scored;
  const event = turnEvent(inbound.event);
  if (event === undefined) return rejoin(world, situation);
  const turn = step(world, conversation, event);
  const asked = turn.facts.find((fact) => fact.kind === 'asked');
  if (asked) return answerFromOutside(world, situation, asked.command);
  const missed = turn.facts.some((fact) => fact.kind === 'missed');
  if (missed && inbound.event.kind === 'text') {
    const byKeyword = await keywordInConversation(world, situation, inbound.event.text);
    if (byKeyword) return byKeyword;
  }
  return (await finishedOnAnother(world, situation, turn)) ?? decidedBy(world, situation, turn);
}

/** Undefined for joining: the person asks for a consultation by name. */
function turnEvent(event: InboundEvent): TurnEvent | undefined {
  switch (event.kind) {
    case 'text':
    case 'choice':
    case 'command':
      return event;
    case 'handled-by-provider':
      return { kind: 'command', command: event.command };
    case 'join':
      return undefined;
  }
}

/** Joining what one is in the middle of says the question again; another one waits its turn. */
async function rejoin(world: World, situation: InConversation): Promise<DecidedTurn> {
  const { inbound } = situation;
  const keyword = inbound.event.kind === 'join' ? inbound.event.keyword : '';
  const byKeyword = await keywordInConversation(world, situation, keyword);
  if (byKeyword) return byKeyword;
  const again = step(world, situation.conversation, { kind: 'command', command: 'again' });
  return decidedBy(world, situation, again);
}
