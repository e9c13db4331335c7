/**
 * "Did we get it right?", asked after a feedback. Where there are buttons it has five; by text a
 * number is typed. The same for everybody: it says nothing of whoever is asked.
 */
import type { Prompt } from '../flow/prompt.ts';
import type { Words } from '../flow/words.ts';
import { isApp } from '../shared-chat.ts';
import { type Listener, say, statement } from './say.ts';

/** Stands where a step's id stands on other buttons; no step is named so. */
export const RATING = '_rating';

const SCORES = ['1', '2', '3', '4', '5'];

export function ratingPrompt(words: Words, listener: Listener): Prompt {
  const prompt = statement(say(words, listener, 'rating_question'), listener.language);
  if (!isApp(listener.channel)) return prompt;
  return {
    ...prompt,
    input: { kind: 'one', options: SCORES.map((id) => ({ id, label: id })), layout: 'row' },
    target: { step: RATING, revision: 0 },
  };
}
