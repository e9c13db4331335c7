/**
 * What the web chat needs from the program, beside the one way in. The program implements it; the
 * chat knows no flow, table or consultation, only the cards and prompts that it is given here.
 */
import type { Prompt } from '../../src/flow/prompt.ts';

export interface Desk {
  /**
   * The card of the consultation with this keyword, in any case of letters, in the language asked
   * for or, where the consultation does not speak it, in its own first one.
   */
  readonly card: (keyword: string, language?: string) => Promise<Card | undefined>;
  /** Where the conversation of this session stands: what was said last. */
  readonly current: (address: string) => Promise<Current | undefined>;
  /** Leaves a phone number to hear what happened; it is kept apart from the answers. */
  readonly follow: (address: string, number: string) => Promise<'kept' | 'bad-number' | 'too-many'>;
  /** Forgets the session: half-done answers go, finished ones stay. */
  readonly clear: (address: string) => Promise<void>;
  /** Calls back whenever something was said in this session, whatever said it. */
  readonly subscribe: (address: string, listener: () => void) => () => void;
}

export interface Card {
  /** As it is printed on posters: PARK. */
  readonly keyword: string;
  /** The code of the language that the texts below are in. */
  readonly language: string;
  readonly organisation: string;
  readonly title: string;
  readonly asks: string;
  readonly canChange: string;
  readonly cannotChange: string;
  readonly decides: string;
  readonly success?: string;
  readonly level: 'informing' | 'consultation' | 'engagement' | 'co-design' | 'co-production';
  /** ISO date. */
  readonly feedbackBy: string;
  readonly languages: readonly CardLanguage[];
  /** The number to text, as people write it, where texting is on. */
  readonly textNumber?: string;
  readonly state: 'open' | 'closed';
}

export interface CardLanguage {
  readonly code: string;
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
}

export interface Current {
  /** The consultation that the conversation belongs to. */
  readonly keyword: string;
  /** The prompts of the last reply, so that a reload shows the latest exchange. */
  readonly prompts: readonly Prompt[];
  /** Nothing more is asked. */
  readonly ended: boolean;
  readonly language: string;
  /** Where the answer will stand, for a person who took part: a path or an address. */
  readonly outcomeUrl?: string;
  /** Their answers were deleted, or nobody can find them any more: nothing is offered to be taken back. */
  readonly nothingToTakeBack?: boolean;
}
