/**
 * What people may type, beside the sentences: the word lists of flows/system.yaml as they are
 * written there. Folding them is the work of whoever looks words up.
 */

import type { Command } from './prompt.ts';
import type { Localised } from './values.ts';

/** Phrases by language. */
export type Phrases = Readonly<Record<string, readonly string[]>>;

export interface Vocabulary {
  /** Each language's own name by its code: `cy: Cymraeg` (`languages` in the file). */
  readonly languageNames: Localised;
  /** `command_words`. For `language` the keys are the languages that the phrases name. */
  readonly commands: Readonly<Partial<Record<Command, Phrases>>>;
  /** Every other `..._words` list of phrases, by its name in the file: `yes_words`, `last_words`. */
  readonly lists: Readonly<Record<string, Phrases>>;
  /** `number_words`: words for whole numbers and places ("two", "second"), by language. */
  readonly numbers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
