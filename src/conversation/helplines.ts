/** The helplines that a sentence may name, in a language, for someone whose age we do not know. */
import type { Words } from '../flow/words.ts';

export function helplines(words: Words, language: string): Readonly<Record<string, string>> {
  return {
    helpline_short: words.say('helpline_any', language),
    helpline: words.say('helpline_long_any', language),
  };
}
