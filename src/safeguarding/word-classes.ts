/**
 * Finds where the classes of words stand in a message: `{loved-one}` is "my dad" and "our step
 * mum". Classes may be built of classes, so a message is read once from its end to its beginning.
 */
import { type Numbers, newNumbers } from './numbers.ts';
import { readPhrase } from './phrase.ts';
import { newPhraseGraph, type Step } from './phrase-graph.ts';

/** A class stands from the place it is listed under up to, not including, `to`. */
export interface ClassSpan {
  readonly name: number;
  readonly to: number;
}

export type Spans = readonly (readonly ClassSpan[])[];

export interface WordClasses {
  /** The numbers of words and of classes, shared with the phrases that use them. */
  readonly words: Numbers;
  readonly classes: Numbers;
  /** For each word's number, the classes that begin there. */
  readonly spans: (words: readonly number[]) => Spans;
  /** Throws when a phrase or a class named a class that is not there. */
  readonly refuseUnknown: () => void;
}

export function compileClasses(members: Readonly<Record<string, readonly string[]>>): WordClasses {
  const words = newNumbers();
  const classes = newNumbers();
  const graph = newPhraseGraph<number>(words, classes);
  for (const [name, sources] of Object.entries(members)) {
    const number = classes.numberOf(name);
    for (const source of sources) graph.add(readPhrase(source), number);
  }
  const refuseUnknown = () => {
    const unknown = classes.names().find((name) => !(name in members));
    if (unknown !== undefined) throw new TypeError(`No such class of words: {${unknown}}`);
  };
  return { words, classes, refuseUnknown, spans: (message) => findSpans(graph.root, message) };
}

const NONE: readonly ClassSpan[] = [];

function findSpans(root: Step<number>, words: readonly number[]): Spans {
  const found: (readonly ClassSpan[])[] = [];
  for (let at = words.length - 1; at >= 0; at--) {
    const begin = root.onWord.get(words[at] ?? -1);
    if (begin === undefined) {
      found[at] = NONE;
      continue;
    }
    const here: ClassSpan[] = [];
    found[at] = here;
    for (const step of begin) walk(root, words, found, here, step, at + 1);
  }
  return found;
}

function walk(
  root: Step<number>,
  words: readonly number[],
  found: Spans,
  here: ClassSpan[],
  step: Step<number>,
  to: number,
): void {
  for (const name of step.means) {
    if (here.some((span) => span.name === name && span.to === to)) continue;
    here.push({ name, to });
    for (const next of root.onClass.get(name) ?? []) walk(root, words, found, here, next, to);
  }
  const word = words[to];
  if (word === undefined) return;
  if (step.onWord.size > 0) {
    for (const next of step.onWord.get(word) ?? []) walk(root, words, found, here, next, to + 1);
  }
  if (step.onClass.size === 0) return;
  for (const span of found[to] ?? NONE) {
    for (const next of step.onClass.get(span.name) ?? []) {
      walk(root, words, found, here, next, span.to);
    }
  }
}
