/** What people call the channels. */
import type { ChannelName } from '../channel.ts';
import type { Words } from '../flow/words.ts';

/** No list ever holds a page: nothing can be linked from there. */
export function channelName(words: Words, language: string, channel: ChannelName): string {
  return channel === 'web' ? '' : words.say(`channel_${channel}`, language);
}

/** "texts and Discord", each once. */
export function channelNames(
  words: Words,
  language: string,
  on: readonly { readonly channel: ChannelName }[],
): string {
  const names = on.map(({ channel }) => channelName(words, language, channel));
  const [spoken = language] = language.split('-');
  return new Intl.ListFormat(spoken).format(new Set(names));
}
