/** What somebody asked of the bot in front of the others; whatever is not known gets help. */

import { cleanText } from '../../src/platform/clean-text.ts';
import type { ChatEvent } from '../../src/shared-chat.ts';

type Command = Exclude<ChatEvent, { readonly kind: 'added' | 'removed' | 'back' }>;

const MOST_TEXT = 2_000;

export function groupCommand(typed: string): Command {
  const text = cleanText(typed, MOST_TEXT).trim();
  const [, word = '', rest = ''] = /^\/?(\S+)\s*([^]*)$/.exec(text) ?? [];
  const keyword = /^[^\s/]{1,60}$/.exec(rest.trim())?.[0];
  switch (word.toLowerCase()) {
    case 'start':
      return keyword === undefined ? { kind: 'help' } : { kind: 'start', keyword };
    case 'raise':
      return { kind: 'raise', text: rest.trim() };
    case 'raised':
    case 'promise':
      return { kind: word.toLowerCase() === 'raised' ? 'raised' : 'promise' };
    case 'results':
      return keyword === undefined ? { kind: 'results' } : { kind: 'results', keyword };
    default:
      return { kind: 'help' };
  }
}
