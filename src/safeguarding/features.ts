/**
 * What the second look weighs: the words of a message, pairs of neighbours, and the same with words
 * put into their classes, so that "my uncle" counts like "my dad". Used to learn and to weigh, so
 * that both always look at the same things.
 */
import type { ClassSpan } from './word-classes.ts';

export function featuresOf(
  words: readonly string[],
  spans: readonly (readonly ClassSpan[])[],
): ReadonlySet<string> {
  const features = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const before = words[at - 1];
    features.add(word);
    if (before !== undefined) features.add(`${before} ${word}`);
    for (const { name, to } of spans[at] ?? []) {
      if (!TELLING.has(name)) continue;
      features.add(`{${name}}`);
      if (before !== undefined) features.add(`${before} {${name}}`);
      if (words[to] !== undefined) features.add(`{${name}} ${words[to]}`);
      for (const next of spans[to] ?? []) {
        if (TELLING.has(next.name)) features.add(`{${name}} {${next.name}}`);
      }
    }
  }
  return features;
}

/** The classes that say who, what and to whom; the others only serve the rules. */
const TELLING: ReadonlySet<string> = new Set([
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
