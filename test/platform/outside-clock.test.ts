import { expect, test } from 'vitest';
import { clockWords, createOutsideClock } from '../../src/platform/outside-clock.ts';

const NOON = new Date('2026-11-02T12:00:00Z');

function clock() {
  const told: (number | undefined)[] = [];
  let elapsed = 0;
  const outside = createOutsideClock({
    log: { warn: (_message: string, fields) => told.push(fields?.ms) },
    now: () => NOON,
    elapsedMs: () => elapsed,
  });
  return { outside, told, passes: (ms: number) => (elapsed += ms) };
}

test('nothing is known before a provider answered, and nothing is said while clocks agree', () => {
  const { outside, told } = clock();
  expect(outside.aheadMs()).toBeUndefined();
  for (const date of ['Mon, 02 Nov 2026 11:58:30 GMT', 'Mon, 02 Nov 2026 12:01:30 GMT'])
    outside.note(date);
  expect(outside.aheadMs()).toBe(-90_000);
  expect(told).toEqual([]);
  expect(clockWords(outside.aheadMs())).toBeUndefined();
});

test('two hours off is said, once an hour, when two answers agree', () => {
  const { outside, told, passes } = clock();
  const there = 'Mon, 02 Nov 2026 10:00:00 GMT';
  outside.note(there);
  expect(told).toEqual([]);
  for (let answers = 0; answers < 5; answers++) outside.note(there);
  expect(told).toEqual([7_200_000]);
  passes(3_600_000);
  outside.note(there);
  expect(told).toHaveLength(2);
  expect(clockWords(outside.aheadMs())).toBe(
    'the clock is 7200 s ahead of what the providers tell',
  );
});

test.each([undefined, '', 'yesterday', '+447700900001'])(
  'what is no date tells nothing: %s',
  (date) => {
    const { outside, told } = clock();
    outside.note(date);
    outside.note(date);
    expect([outside.aheadMs(), told]).toEqual([undefined, []]);
  },
);
