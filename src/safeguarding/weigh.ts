/**
 * The second look, for messages that no rule names: adds up small weights learnt from the labelled
 * messages of our own tests. It only ever says that words sound like harm, never which, and it runs
 * here in memory: nothing leaves the machine. The rules stay the first layer.
 */
import { featuresOf } from './features.ts';
import learnt from './weights.json' with { type: 'json' };
import type { ClassSpan } from './word-classes.ts';

export interface Weights {
  readonly threshold: number;
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
}

export function soundsLikeHarm(
  words: readonly string[],
  spans: readonly (readonly ClassSpan[])[],
): boolean {
  if (words.length < FEWEST_WORDS) return false;
  // A long message is weighed in pieces, so that one sentence of harm is not lost among others.
  for (let from = 0; from === 0 || from + OVERLAP < words.length; from += PIECE - OVERLAP) {
    const piece = words.slice(from, from + PIECE);
    const here = spans
      .slice(from, from + PIECE)
      .map((list) => list.map(({ name, to }) => ({ name, to: to - from })));
    if (weigh(KNOWN, featuresOf(piece, here)) > KNOWN.threshold) return true;
  }
  return false;
}

/** Divided by how much there was to weigh, so that length alone counts for nothing. */
export function weigh(
  { bias, weights }: { readonly bias: number; readonly weights: ReadonlyMap<string, number> },
  features: ReadonlySet<string>,
): number {
  let sum = 0;
  let known = 0;
  for (const feature of features) {
    const weight = weights.get(feature);
    if (weight === undefined) continue;
    sum += weight;
    known++;
  }
  return bias + sum / Math.sqrt(Math.max(known, 1));
}

/** Two words and the ends of the sentence around them: fewer are answers and commands. */
const FEWEST_WORDS = 4;
const PIECE = 30;
const OVERLAP = 10;

const given: Weights = learnt;
const KNOWN = {
  threshold: given.threshold,
  bias: given.bias,
  weights: new Map(Object.entries(given.weights)),
};
