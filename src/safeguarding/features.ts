/**
 * What the second look weighs: the words of a message, pairs of neighbours, and the same with words
 * put into their classes, so that "my uncle" counts like "my dad". Used to learn and to weigh, so
 * that both always look at the same things.
 */
import type { Spans } from './word-classes.ts';

/** Calls `visit` for every feature; one that occurs twice is visited twice. */
export function visitFeatures(
  words: readonly string[],
  spans: Spans,
  /** How a class is called in a feature; undefined where it tells nothing. */
  called: (name: number) => string | undefined,
  visit: (feature: string) => void,
): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const before = at === 0 ? undefined : words[at - 1];
    visit(word);
    if (before !== undefined) visit(`${before} ${word}`);
    for (const { name, to } of spans[at] ?? []) {
      const here = called(name);
      if (here === undefined) continue;
      visit(here);
      if (before !== undefined) visit(`${before} ${here}`);
      const after = words[to];
      if (after === undefined) continue;
      visit(`${here} ${after}`);
      for (const next of spans[to] ?? []) {
        const there = called(next.name);
        if (there !== undefined) visit(`${here} ${there}`);
      }
    }
  }
}

/** The classes that say who, what and to whom; the others only serve the rules. */
export const TELLING_CLASSES: ReadonlySet<string> = new Set([
  'loved-one',
  'someone',
  'person',
  'they',
  'whose',
  'the-staff',
  'i',
  'us',
  'my',
  'myself',
  'himself',
  'want',
  'not',
  'kill',
  'hits',
  'chokes',
  'hurt-act',
  'body-part',
  'private',
  'nudes',
  'pictures',
  'weapon',
  'pills',
  'drugs',
  'scared',
  'home',
  'marry',
  'abroad',
  'now',
]);
