/**
 * One turn of the engine inside the house: runs it on an open conversation and turns what comes out
 * into what must be written and said.
 */
import { advance } from '../flow/advance.ts';
import type { Fact, Turn, TurnEvent } from '../flow/turn.ts';
import { othersOf } from './circle.ts';
import type { DecidedTurn, Effect } from './commit-turn.ts';
import { effectsOf, standingOf } from './effects.ts';
import { type OpenConversation, storeTurn } from './open-conversation.ts';
import type { InConversation } from './situation.ts';
import { wordsOnStop } from './stopping.ts';
import type { World } from './world.ts';
import type { ConversationChange } from './write-turn.ts';

export function step(world: World, conversation: OpenConversation, event: TurnEvent): Turn {
  return advance(conversation.flow, conversation.state, event, {
    now: world.ambient.now(),
    newId: world.ambient.newId,
    revision: conversation.revision + 1,
  });
}

/** What a turn of the engine writes and says. */
export async function decidedBy(
  world: World,
  situation: InConversation,
  turn: Turn,
  also: { readonly effects?: readonly Effect[]; readonly class?: DecidedTurn['class'] } = {},
): Promise<DecidedTurn> {
  const { person } = situation;
  const effects = await effectsOf(world, situation, turn.facts);
  const standing = standingOf(world, situation, turn.facts);
  const isStop = turn.facts.some((fact) => fact.kind === 'stopped');
  const onStop = isStop
    ? wordsOnStop(world, situation, await othersOf(world.pool, person))
    : undefined;
  return {
    personId: person.id,
    change: await changeOf(world, situation.conversation, turn),
    say: onStop ?? turn.say,
    class: also.class ?? classOf(turn.facts),
    ...(standing ? { standing } : {}),
    effects: [...effects, ...(also.effects ?? [])],
  };
}

async function changeOf(
  world: World,
  conversation: OpenConversation,
  turn: Turn,
): Promise<ConversationChange> {
  const { id, revision } = conversation;
  if (turn.state.phase === 'ended') return { kind: 'end', id, revision };
  return { kind: 'advance', id, revision, next: await storeTurn(world, id, turn) };
}

function classOf(facts: readonly Fact[]): DecidedTurn['class'] {
  return facts.some((fact) => fact.kind === 'stopped') ? 'opt-out' : 'reply';
}
