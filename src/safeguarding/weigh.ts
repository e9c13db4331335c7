/**
 * The second look, for messages that no rule names: adds up small weights learnt from the labelled
 * messages of our own tests. It only ever says that words sound like harm, never which, and it runs
 * here in memory: nothing leaves the machine. The rules stay the first layer.
 */
import { visitFeatures } from './features.ts';
import learnt from './weights.json' with { type: 'json' };
import type { Spans } from './word-classes.ts';

export function soundsLikeHarm(
  words: readonly string[],
  spans: Spans,
  called: (name: number) => string | undefined,
): boolean {
  if (words.length < FEWEST_WORDS) return false;
  if (words.length <= LONGEST_WHOLE) return scoreOf(words, spans, called) > THRESHOLD;
  // A long message is weighed in pieces, so that one sentence of harm is not lost among others.
  for (let from = 0; from + OVERLAP < words.length; from += PIECE - OVERLAP) {
    const to = from + PIECE;
    const here = spans
      .slice(from, to)
      .map((list) => list.map((span) => ({ ...span, to: span.to - from })));
    if (scoreOf(words.slice(from, to), here, called) > THRESHOLD_IN_PIECES) return true;
  }
  return false;
}

/** Three words and the ends of the sentence around them: fewer are answers and commands. */
const FEWEST_WORDS = 5;
/** Weighed as one. */
const LONGEST_WHOLE = 22;
const PIECE = 14;
const OVERLAP = 7;
const THRESHOLD = learnt.threshold;
/** A long message has many pieces: each must be surer, or most long answers would be wrong. */
const THRESHOLD_IN_PIECES = learnt.thresholdInPieces;
const WEIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(learnt.weights));

/** Divided by how much there was to weigh, so that length alone counts for nothing. */
function scoreOf(
  words: readonly string[],
  spans: Spans,
  called: (name: number) => string | undefined,
): number {
  let sum = 0;
  let known = 0;
  visitFeatures(words, spans, called, (feature) => {
    const weight = WEIGHTS.get(feature);
    if (weight === undefined) return;
    sum += weight;
    known++;
  });
  return learnt.bias + sum / Math.sqrt(Math.max(known, 1));
}
