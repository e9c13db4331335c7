/** One message, who sent it and the conversation it falls into, if there is one. */
import type { Inbound } from '../channel.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { DecidedTurn } from './commit-turn.ts';
import type { OpenConversation } from './open-conversation.ts';
import type { PersonRead } from './read-turn.ts';
import type { Listener } from './say.ts';

export interface Situation {
  readonly inbound: Inbound;
  readonly person: PersonRead;
  readonly conversation?: OpenConversation;
}

export type InConversation = Situation & { readonly conversation: OpenConversation };

/** Whom a reply is said to, in their language. */
export function listenerOf({ inbound, person, conversation }: Situation): Listener {
  return {
    channel: inbound.channel,
    language: conversation?.state.language ?? person.language ?? 'en',
  };
}

/** A turn that only says something, outside of any conversation's questions. */
export function onlySay({ person }: Situation, say: readonly Prompt[]): DecidedTurn {
  return { personId: person.id, change: { kind: 'none' }, say, class: 'reply', effects: [] };
}
