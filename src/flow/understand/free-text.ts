/** An answer in a person's own words: kept whole, as it was written, or asked to be shorter. */
import type { Question } from '../flow.ts';
import { MISSED, notAllowed, type Understood } from './understood.ts';

export function understandText({ maxLength }: Question, text: string): Understood {
  const value = text.trim();
  if (value === '') return MISSED;
  return lengthOf(value) > maxLength ? notAllowed('too_long') : { kind: 'answer', value, said: [] };
}

/** What a person counts as letters: an emoji is one, not two. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdbff) length -= 1;
  }
  return length;
}
