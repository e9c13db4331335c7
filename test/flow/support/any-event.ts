/** What people and the world may do at any moment, likely and unlikely. */
import fc from 'fast-check';
import type { Command } from '../../../src/flow/prompt.ts';
import type { TurnEvent } from '../../../src/flow/turn.ts';

const REPLIES = [
  'go',
  'yes',
  'no',
  'ok',
  '1',
  '2',
  '3',
  '12',
  '1 2',
  '2 1',
  '13',
  '1 or 2',
  'skate',
  'ramp',
  'goals',
  'not 1',
  'none',
  'all',
  '😀',
  '4',
  '4/5',
  'twelve',
  'more trees',
  '',
  ' ',
  '?',
  'skip',
  'back',
  'again',
  'easy',
  'polski',
  'english',
  'urdu',
  'help',
  'more',
  'check',
  'delete',
  'me',
  'start',
  'who is this',
  'łąka',
  '٢',
  'blah blah',
  'x'.repeat(2000),
  'STOP the buses',
];

const text = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...REPLIES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('finish', 'stop', 'pls stop texting me') },
);

/** `revision` is how far off it is: 0 is the newest. */
export type AnyEvent =
  | Exclude<TurnEvent, { revision: number }>
  | { readonly kind: 'tap'; readonly pick: readonly number[]; readonly off: number }
  | { readonly kind: 'timer'; readonly which: 'remind' | 'expire'; readonly off: number };

export const anyEvent: fc.Arbitrary<AnyEvent> = fc.oneof(
  { weight: 30, arbitrary: text.map((said) => ({ kind: 'text' as const, text: said })) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('tap' as const),
      pick: fc.array(fc.nat(6), { maxLength: 3 }),
      off: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Command>('go', 'skip', 'back', 'easy', 'help', 'check')
      .map((command) => ({ kind: 'command' as const, command })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('o0', 'o1', 'yes', '3', 'nothing')
      .map((option) => ({ kind: 'suggestion' as const, option })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('disclosed' as const),
      answer: fc.constantFrom('full' as const, 'brief' as const),
      given: fc.record({
        day: fc.constant('2026-11-02'),
        times: fc.nat(9),
        worst: fc.constantFrom('red' as const, 'amber' as const),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('timer' as const),
      which: fc.constantFrom('remind' as const, 'remind' as const, 'expire' as const),
      off: fc.constantFrom(0, 1, 3),
    }),
  },
);
