/** Each invariant that is a matter of what was seen must be able to fail. */
import { expect, test } from 'vitest';
import { INVARIANTS, type Seen } from './invariants.ts';
import type { Transition } from './watching.ts';

const row = (change: Partial<Transition>): Transition => ({
  seq: 1,
  rowId: '1',
  root: '1',
  isCopy: false,
  personId: 'p',
  class: 'feedback',
  broadcastId: 'b',
  ordinal: 0,
  was: 'claimed',
  now: 'attempting',
  nonce: 'n1',
  wasAccepted: false,
  at: new Date(0),
  ...change,
});
const taken = (...nonces: readonly string[]): Seen['taken'] =>
  nonces.map((nonce) => ({ to: '', body: '', sid: '', nonce }));
const base = {
  taken: [],
  transitions: [],
  optedOut: new Set<string>(),
  personOf: () => undefined,
  attemptsAfterOptOut: [],
  sums: [],
  plannedFeedback: 2,
  people: [],
  releasedChoices: [],
  waiting: 0,
  completed: 0,
  endedByThemselves: [],
};
const sums = { planned: 2, accepted: 0, refused: 2, failed: 0, unknown: 0, remaining: 0 };

const failures: readonly (readonly [keyof typeof INVARIANTS, Partial<Seen>, RegExp])[] = [
  ['withinBounds', { taken: taken('stray') }, /no nonce/],
  ['withinBounds', { transitions: [row({})], taken: taken('n1', 'n1') }, /made twice/],
  ['withinBounds', { transitions: [row({ class: 'reply' })], taken: taken('n1', 'n1') }, /2 times/],
  ['withinBounds', { transitions: [row({ was: null, now: 'planned' })] }, /not told/],
  [
    'withinBounds',
    { transitions: [row({ wasAccepted: true }), row({ seq: 2, isCopy: true })] },
    /after they were accepted/,
  ],
  [
    'orderKept',
    {
      transitions: [row({}), row({ rowId: '2', root: '2', ordinal: 1, nonce: 'n2' })],
      taken: taken('n2', 'n1'),
    },
    /came after/,
  ],
  ['noneAfterOptOut', { attemptsAfterOptOut: ['feedback'] }, /after an opt-out/],
  ['neverBackwards', { transitions: [row({ was: 'unknown', now: 'planned' })] }, /moved from/],
  ['neverBackwards', { transitions: [row({ was: 'delivered', now: 'sent' })] }, /moved from/],
  [
    'neverBackwards',
    { transitions: [row({ was: 'attempting', now: 'planned' })], taken: taken('n1') },
    /moved from/,
  ],
  ['sumsHold', { sums: [{ ...sums, refused: 1 }] }, /do not add up/],
  ['sumsHold', { sums: [{ ...sums, refused: 1, remaining: 1 }] }, /remain/],
  ['sumsHold', { sums: [{ ...sums, refused: 0, accepted: 2 }] }, /more are said/],
  ['oneResponseEach', { completed: 2, releasedChoices: ['ramp'] }, /2 completed/],
  ['nobodyFellOver', { endedByThemselves: ['a machine ended'] }, /ended/],
];

test.each(failures)('%s can fail (%#)', async (name, change, words) => {
  const ways = await INVARIANTS[name]({ ...base, ...change } as Seen);
  expect(ways.join()).toMatch(words);
});
