/**
 * How a message that tells of harm is answered: which sentences, and whether in full. No sentence
 * here asks a question, and none promises more than the installation does.
 */
import type { SignpostsGiven } from '../flow/state.ts';
import type { Finding } from './finding.ts';

/**
 * sealed: the lead is told. opt_in: the person may ask for that with ME. signposts: there is no
 * lead's key, so nobody is told and no sentence may speak of a lead.
 */
export type SignpostMode = 'sealed' | 'opt_in' | 'signposts';

/** Names of sentences in flows/system.yaml, one message each. */
export function signpostSentences(mode: SignpostMode): readonly string[] {
  return ['disclosure', `disclosure_${mode}`];
}

export type SignpostAnswer = {
  /** brief: the first sentence alone, which holds the helplines. */
  readonly kind: 'full' | 'brief';
  readonly given: SignpostsGiven;
};

const FULL_TIMES_A_DAY = 2;

/**
 * In full, and once more in full on the same day; then briefly, so that nobody is shouted at by
 * a machine. A life at risk is always answered in full, however often.
 */
export function answerTo(
  finding: Finding,
  day: string,
  before: SignpostsGiven | undefined,
): SignpostAnswer {
  const today = before?.day === day ? before : undefined;
  const full = today === undefined || finding.level === 'red' || today.times < FULL_TIMES_A_DAY;
  const worst = finding.level === 'red' || today?.worst === 'red' ? 'red' : 'amber';
  return {
    kind: full ? 'full' : 'brief',
    given: { day, times: (today?.times ?? 0) + 1, worst },
  };
}
