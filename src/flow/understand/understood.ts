/** What a reply turned out to be. Every matching layer gives one of these and never throws. */
import type { AnswerValue } from '../values.ts';

export type Understood =
  /** `said` holds the options' places in the question, for the acknowledgement. */
  | { readonly kind: 'answer'; readonly value: AnswerValue; readonly said: readonly number[] }
  /**
   * Close to these options, by place: ask, never guess. `together` when all of them were meant
   * at once, so that "yes" settles it.
   */
  | { readonly kind: 'nearly'; readonly options: readonly number[]; readonly together: boolean }
  | { readonly kind: 'not-allowed'; readonly why: NotAllowed }
  | { readonly kind: 'missed' };

/** Understood, and more or other than the question takes. */
export type NotAllowed = 'too_many' | 'too_few' | 'out_of_range' | 'too_long';

export const MISSED: Understood = { kind: 'missed' };

export function notAllowed(why: NotAllowed): Understood {
  return { kind: 'not-allowed', why };
}
