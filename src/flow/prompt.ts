/**
 * What Heard says, as data. A prompt names the words, the kind of answer it waits for and the
 * options with their ids; each channel renders it in its own native form. A prompt must never hold
 * anything about the person it is said to.
 */
export interface Prompt {
  /** Said before the question itself: an acknowledgement, an apology, a "did you mean". */
  readonly lead?: string;
  /** Follows the lead where people type: "(Not right? Text BACK.)". Left out where there are buttons. */
  readonly leadHint?: string;
  /** The question or statement, without its options and without how to answer. */
  readonly text: string;
  /** How to answer by typing: "Text 1, 2 or 3. Or SKIP." Left out where there are buttons. */
  readonly hint?: string;
  /** True where the hint continues the last line of the text instead of starting a line. */
  readonly hintFollowsOn?: boolean;
  readonly input: PromptInput;
  /** Commands worth a button beside the answers, in the person's language. */
  readonly keys: readonly CommandKey[];
  /** What a tap must carry so that a stale one is known; missing on plain statements. */
  readonly target?: { readonly step: string; readonly revision: number };
  readonly language: string;
}

export interface PromptOption {
  readonly id: string;
  readonly label: string;
}

export type PromptInput =
  | { readonly kind: 'none' }
  /** One of the options: yes_no, choose_one, scale, place, and GO after an introduction. */
  | {
      readonly kind: 'one';
      readonly options: readonly PromptOption[];
      readonly layout: 'list' | 'row';
      /** What the first and the last place of a scale mean, where buttons can show it beside them. */
      readonly ends?: { readonly low: string; readonly high: string };
    }
  /** Several of the options; `ordered` for a ranking. */
  | {
      readonly kind: 'many';
      readonly options: readonly PromptOption[];
      readonly max: number;
      readonly ordered: boolean;
    }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'text'; readonly maxLength: number };

export interface CommandKey {
  readonly command: Command;
  readonly label: string;
}

/**
 * What a person may ask for at any moment, whatever the question. Where two commands share a word, the
 * earlier one has it.
 */
export const COMMANDS = [
  'stop',
  'help',
  'delete',
  'start',
  'go',
  'skip',
  'back',
  'again',
  'finish',
  'more',
  'easy',
  'check',
  'me',
  'wrong-number',
  'who-is-this',
  'link',
  'unlink',
  'language',
] as const;
export type Command = (typeof COMMANDS)[number];
