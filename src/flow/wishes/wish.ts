/**
 * What a whole message wishes of us, however it is put: that the texts end, that we know this is the
 * wrong number, that we say who we are. It errs on the side of a wish where nothing else can be
 * meant, and never where the message says who or what should stop: that is an answer.
 */
import { ABOUT_OTHERS, NOT_TO_US, ONLY_SO, ONLY_THEN } from './english.ts';
import type { Kind, Wish } from './grammar.ts';
import { PIECES } from './known-phrases.ts';
import { CLAUSE_END } from './pieces.ts';
import { mayWish, wordsOf } from './words-of.ts';

export interface Wished {
  readonly wish: Wish;
  /** It stands among other words, which may tell of something else. */
  readonly amongOthers: boolean;
}

const LONGEST = 320;

/** `folded` is the text, folded: whoever asks has it already. */
export function wishIn(text: string, folded: string): Wished | undefined {
  if (folded.length < 3 || folded.length > LONGEST || !mayWish(folded)) return undefined;
  return wishOf(wordsOf(text));
}

/** Where a message says several things, the one that counts. */
const WEIGHT: Readonly<Record<Kind, number>> = {
  beside: 1,
  'perhaps-wrong-number': 2,
  'who-is-this': 3,
  'wrong-number': 4,
  refusals: 5,
  demands: 5,
  stop: 5,
};
const BY_WEIGHT: readonly (Wish | undefined)[] = [
  undefined,
  undefined,
  'perhaps-wrong-number',
  'who-is-this',
  'wrong-number',
  'stop',
];

/** The message is made of known phrases and nothing else, or says somewhere what leaves no doubt. */
function wishOf(words: readonly string[]): Wished | undefined {
  const weights = new Uint8Array(words.length + 1);
  const reach = (to: number, weight: number) => {
    if (weight > (weights[to] ?? 0)) weights[to] = weight;
  };
  reach(0, 1);
  let demanded = false;
  for (let at = 0; at < words.length; at++) {
    const here = weights[at] ?? 0;
    if (words[at] === CLAUSE_END) {
      reach(at + 1, here);
      continue;
    }
    PIECES.from(words, at, (end, kind) => {
      if (here > 0) reach(end, Math.max(here, WEIGHT[kind]));
      const begins = here > 0 || words[at - 1] === CLAUSE_END;
      if (kind === 'demands')
        demanded ||= (begins || isToUs(words, at)) && !ONLY_THEN.has(words[end] ?? '');
      else if (kind === 'refusals') demanded ||= begins && !ONLY_SO.has(words[end] ?? '');
    });
  }
  const whole = BY_WEIGHT[weights[words.length] ?? 0];
  if (demanded && whole !== 'stop') return { wish: 'stop', amongOthers: true };
  return whole && { wish: whole, amongOthers: false };
}

/** "Busy stop texting me" is said to us; "my friends should stop texting me" tells of somebody. */
function isToUs(words: readonly string[], at: number): boolean {
  const last = words[at - 1] ?? '';
  if (NOT_TO_US.has(last) && words[at - 2] !== 'you') return false;
  for (let before = at - 1; before >= 0 && words[before] !== CLAUSE_END; before--) {
    if (ABOUT_OTHERS.has(words[before] ?? '')) return false;
  }
  return true;
}
