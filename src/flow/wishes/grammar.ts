/** What a language brings to the grammar of wishes; see pieces.ts for how phrases are written. */

export type Wish = 'stop' | 'wrong-number' | 'perhaps-wrong-number' | 'who-is-this';

/** What a phrase is; WishGrammar says of each what it does. */
export type Kind = Wish | 'demands' | 'refusals' | 'beside';

export interface WishGrammar {
  /** Words that phrases name in braces. */
  readonly classes: Readonly<Record<string, string>>;
  /** Asks for the texts to end, where nothing else is said. */
  readonly stop: readonly string[];
  /** Asks for it whatever else is said, unless it is somebody else who should. */
  readonly demands?: readonly string[];
  /** The same, but only where a sentence begins with it: "my friends dont text me" tells of something. */
  readonly refusals?: readonly string[];
  /** May stand beside what is asked for, and asks for nothing: "can you", "not interested". */
  readonly beside: readonly string[];
  readonly 'wrong-number': readonly string[];
  /** It may as well be an answer: only where no question waits. */
  readonly 'perhaps-wrong-number'?: readonly string[];
  readonly 'who-is-this': readonly string[];
}
