/**
 * Which form of a sentence is true on a channel. A text message is the plain form; a page, where
 * nobody can be reached, and an app, where nothing is texted and there is no number, have forms of
 * their own where the plain one would promise what does not happen.
 */
import type { ConversationState } from './state.ts';
import type { Words } from './words.ts';

export type SpokenOn = ConversationState['channel'];

/** The nearest form first; what has none is true as it stands. */
const FORMS: Readonly<Record<SpokenOn, readonly string[]>> = {
  sms: [],
  web: ['_web'],
  discord: ['_discord', '_chat'],
  teams: ['_teams', '_chat'],
};

/** The name of the sentence as it is said there. */
export function formFor(words: Pick<Words, 'has'>, channel: SpokenOn, name: string): string {
  for (const form of FORMS[channel]) if (words.has(`${name}${form}`)) return `${name}${form}`;
  return name;
}
