/**
 * The program's own sentences (flows/system.yaml), in every language it offers. A sentence is
 * looked up by name, filled with values and never built from pieces. An answer or an address must
 * never be a value of a sentence that is stored or logged.
 */
import type { Localised } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';

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
  /** What people may type, beside what is said. */
  readonly vocabulary: Vocabulary;
}
