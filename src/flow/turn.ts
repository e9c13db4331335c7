/**
 * What goes into one turn of the engine and what comes out. Everything that depends on the world
 * (the time, new ids, what a database knows) comes in as a value; everything the world must do
 * comes out as one.
 */

import type { Command, Prompt } from './prompt.ts';
import type { ConversationState, SignpostsGiven } from './state.ts';
import type { Answers } from './values.ts';

type Target = NonNullable<Prompt['target']>;

export type TurnEvent =
  /** A newcomer joined by keyword, QR code or invitation: say the introduction. */
  | { readonly kind: 'begin' }
  /** Its target is the question whose form it was written into, where there was one. */
  | { readonly kind: 'text'; readonly text: string; readonly target?: Target }
  /** A tap. It names the step and the revision that it was offered with. */
  | {
      readonly kind: 'choice';
      readonly step: string;
      readonly revision: number;
      readonly options: readonly string[];
    }
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly language?: string;
      /** The question that its button stood beside. */
      readonly target?: Target;
    }
  /** What an assistant outside thinks the last text meant; applied only where it is an option. */
  | { readonly kind: 'suggestion'; readonly option: string }
  /** The last text told of harm: say the signposts and wait. */
  | {
      readonly kind: 'disclosed';
      readonly answer: 'full' | 'brief';
      readonly given: SignpostsGiven;
    }
  | { readonly kind: 'remind'; readonly revision: number }
  | { readonly kind: 'expire'; readonly revision: number }
  /** The officer closed the consultation. */
  | { readonly kind: 'closed' };

export interface TurnContext {
  readonly now: Date;
  readonly newId: () => string;
  /** The revision that the next prompts carry: the stored revision plus one. */
  readonly revision: number;
}

export interface Turn {
  readonly state: ConversationState;
  readonly say: readonly Prompt[];
  readonly facts: readonly Fact[];
  /** When to remind and when to expire, both from now; missing when the conversation ended. */
  readonly wake?: { readonly remindAt?: Date; readonly expireAt: Date };
}

export type Fact =
  /** GO, or yes to consent: this person takes part. */
  | { readonly kind: 'joined' }
  | { readonly kind: 'answered'; readonly step: string }
  | { readonly kind: 'missed'; readonly step: string }
  | { readonly kind: 'skipped'; readonly step: string }
  /** The answers to keep. `partial` when FINISH or an expiry cut them short. */
  | { readonly kind: 'finished'; readonly answers: Answers; readonly partial: boolean }
  | { readonly kind: 'declined' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'language'; readonly language: string }
  /** Only the outside can answer this: CHECK, DELETE, START, ME, LINK, wrong number, who is this. */
  | { readonly kind: 'asked'; readonly command: Command }
  | { readonly kind: 'stale-tap' }
  | { readonly kind: 'condition-failed'; readonly step: string }
  | { readonly kind: 'limit-reached'; readonly limit: 'steps' | 'turns' };
