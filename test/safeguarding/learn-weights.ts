/**
 * Learns the weights of the second look from the `tuned` messages and the shipped words, and writes
 * them to src/safeguarding/weights.json: logistic regression, the same result every time. Run it
 * after the rules, those messages or the shipped flows change: npm run safeguarding:learn
 */
import { writeFileSync } from 'node:fs';
import { className, readMessage } from '../../src/safeguarding/detect.ts';
import { visitFeatures } from '../../src/safeguarding/features.ts';
import { labelled } from './labelled.ts';
import { sentencesInOtherLanguages, shippedAnswers } from './shipped-words.ts';

interface Example {
  readonly features: readonly string[];
  readonly harm: boolean;
}

interface Learnt {
  readonly bias: number;
  readonly weights: ReadonlyMap<string, number>;
}

const ROUNDS = 60;
const FIRST_STEP = 0.5;
const SHRINK = 0.005;
const SEEN_AT_LEAST = 2;
/** Of a hundred ordinary answers that were not learnt from, how many may sound like harm. */
const FALSE_ALARMS = 0.02;
/** The same for one piece of a long message, which has many pieces to be wrong about. */
const FALSE_ALARMS_IN_PIECES = 0.006;
const FOLDS = 5;
const LEAST_WEIGHT = 0.03;

const { disclosures, ordinary } = labelled.tuned;
/** Shipped words are only learnt from: they are too easy to judge the weights by. */
const shipped = [...shippedAnswers, ...sentencesInOtherLanguages].map((text) =>
  example(text, false),
);
const examples = [
  ...disclosures.map(({ text }) => example(text, true)),
  ...ordinary.map((text) => example(text, false)),
];
const scores = scoresOfOrdinary(examples);
const learnt = learn([...examples, ...shipped]);
const file = {
  threshold: rounded(thresholdAt(FALSE_ALARMS)),
  thresholdInPieces: rounded(thresholdAt(FALSE_ALARMS_IN_PIECES)),
  bias: rounded(learnt.bias),
  weights: Object.fromEntries(
    [...learnt.weights]
      .filter(([, weight]) => Math.abs(weight) >= LEAST_WEIGHT)
      .map(([feature, weight]) => [feature, rounded(weight)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
};
const path = new URL('../../src/safeguarding/weights.json', import.meta.url);
writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`);
process.stdout.write(`${Object.keys(file.weights).length} weights, threshold ${file.threshold}\n`);

function example(text: string, harm: boolean): Example {
  const { words, spans } = readMessage(text);
  const features: string[] = [];
  visitFeatures(words, spans, className, (feature) => features.push(feature));
  return { features, harm };
}

/** The same sum as in weigh.ts, with weights that are still being learnt. */
function scoreOf({ bias, weights }: Learnt, used: readonly string[]): number {
  const sum = used.reduce((total, feature) => total + (weights.get(feature) ?? 0), 0);
  return bias + sum / Math.sqrt(Math.max(used.length, 1));
}

function learn(from: readonly Example[]): Learnt {
  const seen = new Map<string, number>();
  for (const { features } of from) {
    for (const feature of new Set(features)) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  }
  const weights = new Map<string, number>();
  for (const [feature, times] of seen) if (times >= SEEN_AT_LEAST) weights.set(feature, 0);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const step = FIRST_STEP / (1 + round / 10);
    for (let turn = 0; turn < from.length; turn++) {
      const one = from[(turn * 7919 + round * 31) % from.length];
      if (one === undefined) continue;
      const used = one.features.filter((feature) => weights.has(feature));
      const off = 1 / (1 + Math.exp(-scoreOf({ bias, weights }, used))) - (one.harm ? 1 : 0);
      const share = Math.sqrt(Math.max(used.length, 1));
      bias -= step * off * 0.1;
      for (const feature of used) {
        const weight = weights.get(feature) ?? 0;
        weights.set(feature, weight - step * (off / share + SHRINK * weight));
      }
    }
  }
  return { bias, weights };
}

/** Learns from four fifths and looks at the other fifth, in turn: no answer is judged by itself. */
function scoresOfOrdinary(all: readonly Example[]): readonly number[] {
  const found: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const part = learn([...all.filter((_, at) => at % FOLDS !== fold), ...shipped]);
    all.forEach((one, at) => {
      if (at % FOLDS !== fold || one.harm) return;
      const used = one.features.filter((feature) => part.weights.has(feature));
      found.push(scoreOf(part, used));
    });
  }
  return found.sort((one, other) => other - one);
}

/** The score that no more than this share of the ordinary answers is above. */
function thresholdAt(share: number): number {
  return scores[Math.floor(scores.length * share)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
