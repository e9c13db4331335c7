/** Each invariant must be able to fail: here each is shown a run that went wrong. */
import { expect, test } from 'vitest';
import { INVARIANTS, type InvariantName } from './invariants/invariants.ts';
import type { OutboxRow, Seen } from './invariants/seen.ts';
import type { Person } from './people.ts';
import type { Reply, Text } from './phones.ts';
import type { Searched } from './search.ts';
import type { Transition } from './watching/transitions.ts';

const change = (what: Partial<Transition>): Transition => ({
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
  reason: null,
  at: new Date(0),
  ...what,
});
const row = (what: Partial<OutboxRow>): OutboxRow => ({
  personId: 'p',
  class: 'feedback',
  state: 'delivered',
  reason: null,
  wasAccepted: true,
  nonce: null,
  attempts: 1,
  answers: null,
  ...what,
});
const taken = (...nonces: readonly string[]): Seen['taken'] =>
  nonces.map((nonce) => ({ to: '', body: '', sid: '', nonce }));
/** Goes a second after it was tried first. */
const again = change({ seq: 2, isCopy: true, nonce: 'again', at: new Date(1_000) });
const look = (seconds: number): Seen['looks'][number] => ({
  to: null,
  at: new Date(seconds * 1_000),
});
const text = (what: Partial<Text>): Text => ({
  from: 'one',
  body: 'PARK',
  sid: 's',
  replies: [],
  answered: 1,
  ...what,
});
const reply = (at: number): Reply => ({ said: 'yes', at });
const person: Person = { number: 'one', choice: 'ramp', idea: 'an idea', isHasty: false };
const hasty: Person = { ...person, isHasty: true };
const searched: Searched = { when: 'at the end', bytes: 1, found: [] };
const sums = { planned: 2, accepted: 0, refused: 2, failed: 0, unknown: 0, remaining: 0 };

const well: Seen = {
  texts: [],
  hashes: new Map(),
  keptHashes: new Set(),
  people: [],
  optedOut: new Set(),
  regretful: new Set(),
  personOf: () => undefined,
  inNeed: [],
  poisoned: [],
  taken: [],
  looks: [],
  callbackAnswers: [],
  transitions: [],
  rows: [],
  called: new Set(),
  attemptsAfterOptOut: [],
  sums: [sums],
  plannedFeedback: 2,
  releasedIdeas: [],
  releasedChoices: [],
  waiting: 0,
  completed: 0,
  keysWithoutBatch: [],
  links: [],
  searches: [searched, searched, searched],
  printed: 'messages were set aside, messages could not be made ready',
  endedByThemselves: [],
};

const failures: readonly (readonly [InvariantName, Partial<Seen>, RegExp])[] = [
  ['nothingLost', { texts: [text({})], hashes: new Map([['s', 'h']]) }, /texts are not noted/],
  ['nothingLost', { people: [person] }, /answers are not there/],
  ['appliedOnce', { rows: [row({ answers: 'a' }), row({ answers: 'a' })] }, /by two rows/],
  ['appliedOnce', { texts: [text({ replies: [reply(0), reply(10_000)] })] }, /a reply twice/],
  ['appliedOnce', { people: [person], releasedIdeas: ['an idea', 'an idea'] }, /there twice/],
  ['hastyIsHeard', { people: [person], releasedIdeas: ['ramp'] }, /nobody gave/],
  ['hastyIsHeard', { people: [hasty], releasedIdeas: ['lights'] }, /nobody gave/],
  ['hastyIsHeard', { people: [hasty], releasedIdeas: ['ramp', 'ramp'] }, /there twice/],
  ['hastyIsHeard', { people: [hasty], releasedIdeas: ['go'] }, /nobody gave/],
  ['hastyIsHeard', { people: [hasty], releasedChoices: ['lights'] }, /nobody made/],
  ['oneResponseEach', { completed: 2, releasedChoices: ['ramp'] }, /2 completed/],
  ['oneResponseEach', { people: [person], completed: 1, waiting: 1 }, /fewer answers/],
  [
    'oneResponseEach',
    { people: [person], regretful: new Set(['one']), completed: 1, waiting: 1 },
    /0 completed and kept, 1 responses/,
  ],
  [
    'deletedIsGone',
    {
      people: [person],
      texts: [
        text({ replies: [{ ...reply(0), said: 'Done. Your answers to the park are deleted.' }] }),
      ],
      releasedIdeas: ['an idea'],
    },
    /are deleted/,
  ],
  ['withinBounds', { taken: taken('stray') }, /no nonce/],
  ['withinBounds', { transitions: [change({})], taken: taken('n1', 'n1') }, /made twice/],
  [
    'withinBounds',
    { transitions: [change({ class: 'reply' })], taken: taken('n1', 'n1') },
    /2 times/,
  ],
  ['withinBounds', { transitions: [change({ was: null, now: 'planned' })] }, /not told/],
  [
    'withinBounds',
    { transitions: [change({ wasAccepted: true }), change({ seq: 2, isCopy: true })] },
    /after it was accepted/,
  ],
  [
    'orderKept',
    {
      transitions: [change({}), change({ rowId: '2', root: '2', ordinal: 1, nonce: 'n2' })],
      taken: taken('n2', 'n1'),
    },
    /came after/,
  ],
  [
    'noneAfterOptOut',
    { attemptsAfterOptOut: [{ class: 'feedback', nonce: 'n1' }], called: new Set(['n1']) },
    /after an opt-out/,
  ],
  [
    'lookedFirst',
    { transitions: [change({}), again], taken: taken('again'), looks: [look(2)] },
    /without a look/,
  ],
  ['helpArrives', { inNeed: ['p'] }, /without a signpost/],
  [
    'helpArrives',
    { inNeed: ['p'], rows: [row({ class: 'signpost', wasAccepted: false, nonce: 'n1' })] },
    /without a signpost/,
  ],
  [
    'poisonSetAside',
    { poisoned: ['p'], rows: [row({ state: 'planned', wasAccepted: false })] },
    /not set aside/,
  ],
  [
    'poisonSetAside',
    {
      poisoned: ['p'],
      rows: [row({ state: 'failed', wasAccepted: false, attempts: 10 })],
      printed: 'messages could not be made ready',
    },
    /no alert/,
  ],
  [
    'poisonSetAside',
    {
      poisoned: ['p'],
      rows: [row({ state: 'failed', reason: 'unreadable', wasAccepted: false })],
      printed: 'messages were set aside',
    },
    /no alert/,
  ],
  ['truthful', { rows: [row({ nonce: 'n1' })] }, /never taken/],
  [
    'truthful',
    { rows: [row({ state: 'failed', wasAccepted: false, nonce: 'n1' })], taken: taken('n1') },
    /were taken/,
  ],
  ['truthful', { rows: [row({ state: 'planned', wasAccepted: false })] }, /never came to an end/],
  [
    'truthful',
    { callbackAnswers: [{ about: 'unknown', status: 204, nonce: 'n1', reported: 'sent' }] },
    /answered wrongly/,
  ],
  [
    'reportsCount',
    {
      callbackAnswers: [{ about: 'taken', status: 204, nonce: 'n1', reported: 'delivered' }],
      rows: [row({ nonce: 'n1', state: 'accepted' })],
    },
    /changed nothing/,
  ],
  ['neverBackwards', { transitions: [change({ was: 'unknown', now: 'planned' })] }, /moved from/],
  ['neverBackwards', { transitions: [change({ was: 'delivered', now: 'sent' })] }, /moved from/],
  [
    'neverBackwards',
    { transitions: [change({ was: 'attempting', now: 'planned' })], taken: taken('n1') },
    /moved from/,
  ],
  ['sumsHold', { sums: [] }, /never looked at/],
  ['sumsHold', { sums: [{ ...sums, refused: 1 }] }, /do not add up/],
  ['sumsHold', { sums: [{ ...sums, refused: 1, remaining: 1 }] }, /remain/],
  ['sumsHold', { sums: [{ ...sums, refused: 0, accepted: 2 }] }, /more are said/],
  ['sumsHold', { transitions: [change({})], taken: taken('n1') }, /count as not/],
  ['nobodyFellOver', { endedByThemselves: ['a machine ended'] }, /ended/],
  ['nothingLinks', { links: [{ of: 'conv.person', rows: 1 }] }, /share a transaction/],
  ['nothingLinks', { keysWithoutBatch: ['k'] }, /still there/],
  ['noCanary', { searches: [searched] }, /only 1/],
  ['noCanary', { searches: [{ ...searched, bytes: 0 }, searched, searched] }, /nothing was/],
  ['noCanary', { searches: [{ ...searched, found: ['a number'] }, searched, searched] }, /number/],
];

test.each(failures)('%s can fail (%#)', (name, what, words) => {
  expect(INVARIANTS[name](well)).toEqual([]);
  expect(INVARIANTS[name]({ ...well, ...what }).join()).toMatch(words);
});

test('a reply that nobody confirmed may be given again', () => {
  const killed = text({ replies: [reply(0), reply(15_001)] });
  expect(INVARIANTS.appliedOnce({ ...well, texts: [killed] })).toEqual([]);
});

test('there is a run that went wrong for each', () => {
  const shown = new Set<string>(failures.map(([name]) => name));
  expect(Object.keys(INVARIANTS).filter((name) => !shown.has(name))).toEqual([]);
});
