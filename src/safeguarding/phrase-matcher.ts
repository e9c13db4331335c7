/**
 * Finds every phrase of a set in one walk over the words. The walk keeps the steps it could be at
 * and never goes back, so that its time is bounded by words times steps whatever anybody writes.
 */
import { SENTENCE_END } from './fold.ts';
import { readWholePhrase } from './phrase.ts';
import { newPhraseGraph, type Step } from './phrase-graph.ts';
import type { ClassSpan, WordClasses } from './word-classes.ts';

export interface PhraseMatch<Meaning> {
  readonly meaning: Meaning;
  /** Index of the first word, and of the one after the last. */
  readonly from: number;
  readonly to: number;
}

type Spans = readonly (readonly ClassSpan[])[];

export interface PhraseMatcher<Meaning> {
  /** `spans`: where the classes stand in these words. */
  readonly match: (words: readonly string[], spans: Spans) => readonly PhraseMatch<Meaning>[];
  /** Every word that some phrase or class names. */
  readonly vocabulary: ReadonlySet<string>;
}

export function compilePhrases<Meaning>(
  phrases: readonly (readonly [source: string, meaning: Meaning])[],
  classes: WordClasses,
): PhraseMatcher<Meaning> {
  const graph = newPhraseGraph<Meaning>();
  for (const [source, meaning] of phrases) graph.add(readWholePhrase(source), meaning);
  for (const used of graph.classesUsed) {
    if (!classes.names.has(used)) throw new TypeError(`No such class of words: {${used}}`);
  }
  return {
    match: (words, spans) => walk(graph.root, words, spans),
    vocabulary: new Set([...graph.vocabulary, ...classes.vocabulary]),
  };
}

function walk<Meaning>(
  root: Step<Meaning>,
  words: readonly string[],
  spans: Spans,
): readonly PhraseMatch<Meaning>[] {
  const found: PhraseMatch<Meaning>[] = [];
  /** For each place, the steps one could be at, with where their phrase began. */
  const reached: Map<Step<Meaning>, number>[] = [];
  const enter = (steps: readonly Step<Meaning>[] | undefined, to: number, from: number) => {
    if (steps === undefined) return;
    const place = (reached[to] ??= new Map());
    for (const step of steps) {
      const known = place.get(step);
      // Two ways to one step: the shorter one tells better which words were meant.
      if (known === undefined || known < from) place.set(step, from);
    }
  };
  for (let at = 0; at <= words.length; at++) {
    const place = reached[at] ?? new Map<Step<Meaning>, number>();
    for (const [step, from] of place) {
      for (const meaning of step.means) found.push({ meaning, from, to: at });
    }
    const word = words[at];
    if (word === undefined) break;
    place.set(root, at);
    for (const [step, from] of place) {
      enter(step.onWord.get(word), at + 1, from);
      if (step.onAny.length > 0 && word !== SENTENCE_END) enter(step.onAny, at + 1, from);
      if (step.onClass.size === 0) continue;
      for (const span of spans[at] ?? []) enter(step.onClass.get(span.name), span.to, from);
    }
  }
  return found;
}
