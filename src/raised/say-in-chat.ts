/**
 * The program's own sentences, said where several people read them: in the form that is true on the
 * channel, and with helplines that any age may use.
 */

import { formFor } from '../flow/channel-form.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Words } from '../flow/words.ts';
import type { ChatInbound, Post } from '../shared-chat.ts';

export interface SpokenIn {
  readonly channel: ChatInbound['channel'];
  readonly language: string;
}

export function sayInChat(
  words: Words,
  { channel, language }: SpokenIn,
  name: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return words.say(formFor(words, channel, name), language, {
    helpline_short: words.say('helpline_any', language),
    helpline: words.say('helpline_long_any', language),
    ...values,
  });
}

/** A prompt that only says something: no options, no answer awaited. */
export function statementIn(language: string, text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language };
}

export function postIn(language: string, text: string): Post {
  return { kind: 'statement', text, language };
}

/** A language that the program speaks: the one asked for, or the installation's first. */
export function spokenLanguage(words: Words, ...wanted: readonly (string | undefined)[]): string {
  const known = wanted.find((one) => one !== undefined && words.languages.includes(one));
  return known ?? words.languages[0] ?? 'en';
}
