/**
 * The program's own sentences (flows/system.yaml), in every language it offers. A sentence is
 * looked up by name, filled with values and never built from pieces. An answer or an address must
 * never be a value of a sentence that is stored or logged.
 */
import type { Localised } from './flow.ts';
import type { Command } from './prompt.ts';

/** Sentences by name, then by language. `command_words` and `no_match` live beside them. */
export interface Words {
  readonly languages: readonly string[];
  /** Fills `{name}` places. Falls back from en-easy to en, from any other language to en. */
  readonly say: (
    sentence: string,
    language: string,
    values?: Readonly<Record<string, string>>,
  ) => string;
  readonly has: (sentence: string) => boolean;
  readonly localised: (sentence: string) => Localised;
  readonly vocabulary: Vocabulary;
}

/** Phrases by language, as written in the file: folding them is the reader's work. */
export type Phrases = Readonly<Record<string, readonly string[]>>;

/** What people may type, beside the sentences: the word lists of flows/system.yaml. */
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
