/**
 * Finds every phrase of a set in one walk over the words. The walk keeps the steps it could be at
 * and never goes back, so that its time is bounded by words times steps whatever anybody writes.
 */
import { SENTENCE_END } from './fold.ts';
import { readWholePhrase } from './phrase.ts';
import { newPhraseGraph, type Step } from './phrase-graph.ts';
import type { Spans, WordClasses } from './word-classes.ts';

export interface PhraseMatch<Meaning> {
  readonly meaning: Meaning;
  /** Index of the first word, and of the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface PhraseMatcher<Meaning> {
  /** `spans`: where the classes stand in these words. */
  readonly match: (words: readonly number[], spans: Spans) => readonly PhraseMatch<Meaning>[];
}

export function compilePhrases<Meaning>(
  phrases: readonly (readonly [source: string, meaning: Meaning])[],
  { words, classes, refuseUnknown }: WordClasses,
): PhraseMatcher<Meaning> {
  const graph = newPhraseGraph<Meaning>(words, classes);
  for (const [source, meaning] of phrases) graph.add(readWholePhrase(source), meaning);
  refuseUnknown();
  const sentenceEnd = words.numberOf(SENTENCE_END);
  return { match: (message, spans) => walk(graph.root, message, spans, sentenceEnd) };
}

/** The steps reached at one place, and where the phrase of each began; a step may come twice. */
interface Place<Meaning> {
  readonly steps: Step<Meaning>[];
  readonly froms: number[];
}

let places = 0;

function walk<Meaning>(
  root: Step<Meaning>,
  words: readonly number[],
  spans: Spans,
  sentenceEnd: number,
): readonly PhraseMatch<Meaning>[] {
  const found: PhraseMatch<Meaning>[] = [];
  const reached: Place<Meaning>[] = [];
  const enter = (steps: readonly Step<Meaning>[] | undefined, to: number, from: number) => {
    if (steps === undefined) return;
    const place = (reached[to] ??= { steps: [], froms: [] });
    for (const step of steps) {
      place.steps.push(step);
      place.froms.push(from);
    }
  };
  for (let at = 0; at <= words.length; at++) {
    const here = once(reached[at]);
    for (const step of here) {
      for (const meaning of step.means) found.push({ meaning, from: step.from, to: at });
    }
    const word = words[at];
    if (word === undefined) break;
    root.from = at;
    here.push(root);
    const classes = spans[at] ?? [];
    for (const step of here) {
      if (step.onWord.size > 0) enter(step.onWord.get(word), at + 1, step.from);
      if (step.onAny.length > 0 && word !== sentenceEnd) enter(step.onAny, at + 1, step.from);
      if (step.onClass.size === 0) continue;
      for (const span of classes) enter(step.onClass.get(span.name), span.to, step.from);
    }
  }
  return found;
}

/** Each step once: of two ways to it, the shorter one tells better which words were meant. */
function once<Meaning>(place: Place<Meaning> | undefined): Step<Meaning>[] {
  const steps: Step<Meaning>[] = [];
  if (place === undefined) return steps;
  const visit = ++places;
  for (let index = 0; index < place.steps.length; index++) {
    const step = place.steps[index];
    const from = place.froms[index] ?? 0;
    if (step === undefined) continue;
    if (step.entered !== visit) {
      step.entered = visit;
      step.from = from;
      steps.push(step);
    } else if (from > step.from) step.from = from;
  }
  return steps;
}
