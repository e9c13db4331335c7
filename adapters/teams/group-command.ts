/**
 * What somebody asked of the bot in front of the others, in any language that the program speaks;
 * the English words always work. Whatever is not known gets help.
 */
import { fold } from '../../src/flow/fold.ts';
import { cleanText } from '../../src/platform/clean-text.ts';
import type { ChatEvent } from '../../src/shared-chat.ts';

type Command = Exclude<ChatEvent, { readonly kind: 'added' | 'removed' | 'back' }>;

export type ReadGroupCommand = (typed: string) => Command;

const KINDS = ['start', 'raise', 'raised', 'results', 'promise'] as const;
type Kind = (typeof KINDS)[number];

const MOST_TEXT = 2_000;
/** Of one phrase. */
const MOST_WORDS = 4;

/** `phrases` gives what people may type for something, by the name of its list. */
export function groupCommands(phrases: (list: string) => readonly string[]): ReadGroupCommand {
  const known = new Map<string, Kind>();
  for (const kind of KINDS) {
    for (const phrase of phrases(`chat_${kind}_words`)) known.set(fold(phrase), kind);
  }
  for (const kind of KINDS) known.set(kind, kind);
  return (typed) => commandIn(known, cleanText(typed, MOST_TEXT).trim());
}

/** The longest phrase that it begins with, and what stands behind it as it was typed. */
function commandIn(known: ReadonlyMap<string, Kind>, text: string): Command {
  const words = [...text.matchAll(/\S+/g)].slice(0, MOST_WORDS);
  for (const last of words.toReversed()) {
    const end = last.index + last[0].length;
    const kind = known.get(fold(text.slice(0, end)));
    if (kind !== undefined) return commandOf(kind, text.slice(end).trim());
  }
  return { kind: 'help' };
}

function commandOf(kind: Kind, rest: string): Command {
  const keyword = /^[^\s/]{1,60}$/.exec(rest)?.[0];
  switch (kind) {
    case 'start':
      return keyword === undefined ? { kind: 'help' } : { kind, keyword };
    case 'raise':
      return { kind, text: rest };
    case 'results':
      return keyword === undefined ? { kind } : { kind, keyword };
    case 'raised':
    case 'promise':
      return { kind };
  }
}
