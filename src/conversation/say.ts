/**
 * The program's own sentences outside the engine, in the form that is true on the channel; saying
 * another would promise what does not happen there.
 */
import type { ChannelName } from '../channel.ts';
import { formFor } from '../flow/channel-form.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Words } from '../flow/words.ts';

/** Who is spoken to, as far as the words depend on it. */
export interface Listener {
  readonly channel: ChannelName;
  readonly language: string;
}

export function say(
  words: Words,
  { channel, language }: Listener,
  name: string,
  values: Readonly<Record<string, string>> = {},
): string {
  const filled = { ...helplines(words, language), ...values };
  return words.say(formFor(words, channel, name), language, filled);
}

/** A prompt that only says something: no options, no answer awaited. */
export function statement(text: string, language: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language };
}

export function sayAlone(
  words: Words,
  listener: Listener,
  name: string,
  values: Readonly<Record<string, string>> = {},
): readonly Prompt[] {
  return [statement(say(words, listener, name, values), listener.language)];
}

/** For someone whose age we do not know: lines that any age may use. */
function helplines(words: Words, language: string): Readonly<Record<string, string>> {
  return {
    helpline_short: words.say('helpline_any', language),
    helpline: words.say('helpline_long_any', language),
  };
}
