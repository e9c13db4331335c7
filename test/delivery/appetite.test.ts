import { expect, test } from 'vitest';
import { createAppetite } from '../../src/delivery/appetite.ts';

function appetiteAt(atOnce: number) {
  let now = 0;
  const appetite = createAppetite(atOnce, () => now);
  return {
    ...appetite,
    /** So many answers, one every so many milliseconds. */
    answers: (count: number, everyMs: number) => {
      for (let at = 0; at < count; at++) {
        now += everyMs;
        appetite.note();
      }
    },
    passes: (ms: number) => {
      now += ms;
    },
  };
}

test('holds no more than can be on its way, until the provider has shown its pace', () => {
  expect(appetiteAt(50).wants()).toBe(50);
});

test('holds hardly more than is on its way for a slow provider', () => {
  const slow = appetiteAt(50);
  slow.answers(500, 100);
  expect(slow.wants()).toBeLessThanOrEqual(52);
});

test('holds what leaves within moments for a fast one, and never more than ten times', () => {
  const fast = appetiteAt(50);
  fast.answers(2_000, 0.5);
  expect(fast.wants()).toBeGreaterThan(230);
  fast.answers(20_000, 0.01);
  expect(fast.wants()).toBe(500);
});

test('forgets the pace of a provider that has gone away', () => {
  const gone = appetiteAt(50);
  gone.answers(20_000, 0.01);
  gone.passes(3_000);
  expect(gone.wants()).toBeLessThanOrEqual(51);
});
