/** A prompt that only says something: no options, no answer awaited. */
import type { Prompt } from '../flow/prompt.ts';

export function statement(text: string, language: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language };
}
