/**
 * The small buttons under an answer, always in the same order. Stopping and help are always among
 * them; after the end, news and taking one's answers back.
 */
import type { Command } from '../../src/flow/prompt.ts';
import type { PageLanguage } from '../../src/platform/pages/page-words.ts';
import type { Current } from './desk.ts';
import type { Exchange } from './exchange.ts';

export interface PageKey {
  readonly command: Command;
  readonly label: string;
}

type Standing = Pick<Current, 'ended' | 'outcomeUrl' | 'nothingToTakeBack'>;

const ORDER: readonly Command[] = [
  'back',
  'skip',
  'check',
  'delete',
  'again',
  'easy',
  'more',
  'me',
  'start',
  'finish',
  'stop',
  'help',
];

export function keysOf(
  exchange: Exchange,
  standing: Standing,
  language: PageLanguage,
): readonly PageKey[] {
  const always = alwaysThere(standing);
  const offered = exchange.keys;
  const missing = always
    .filter((command) => !offered.some((key) => key.command === command))
    .map((command) => ({ command, label: language.say(command) }));
  return [...offered, ...missing].toSorted((a, b) => place(a.command) - place(b.command));
}

function alwaysThere({ ended, outcomeUrl, nothingToTakeBack }: Standing): readonly Command[] {
  if (!ended) return ['stop', 'help'];
  // Who did not take part has no news to wait for and nothing to take back.
  if (outcomeUrl === undefined) return ['help'];
  return nothingToTakeBack ? ['check', 'help'] : ['check', 'delete', 'help'];
}

function place(command: Command): number {
  const index = ORDER.indexOf(command);
  return index < 0 ? ORDER.length : index;
}
