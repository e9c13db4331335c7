/** One message, who sent it and the conversation it falls into, if there is one. */
import type { Inbound } from '../channel.ts';
import type { OpenConversation } from './open-conversation.ts';
import type { PersonRead } from './read-turn.ts';

export interface Situation {
  readonly inbound: Inbound;
  readonly person: PersonRead;
  readonly conversation?: OpenConversation;
}

export type InConversation = Situation & { readonly conversation: OpenConversation };
