import { expect, test } from 'vitest';
import { guardLoop, type LoopState } from '../../src/safeguarding/loop-guard.ts';

const HOUR = 3_600_000;
const start = new Date('2026-11-02T16:00:00Z').getTime();

function verdicts(texts: readonly string[], everyMs: number): readonly string[] {
  let state: LoopState | undefined;
  return texts.map((text, at) => {
    const guarded = guardLoop(state, text, new Date(start + at * everyMs));
    state = guarded.state;
    return guarded.verdict.kind === 'loop' ? guarded.verdict.because : 'person';
  });
}

test('an out-of-office note that comes again and again is a loop after five', () => {
  expect(
    verdicts(
      Array.from({ length: 7 }, () => 'away'),
      60_000,
    ),
  ).toEqual(['person', 'person', 'person', 'person', 'person', 'same-text', 'same-text']);
});

test('a person who repeats an answer between others is no loop', () => {
  const texts = Array.from({ length: 30 }, (_, at) => (at % 3 === 0 ? 'no' : '1'));
  expect(new Set(verdicts(texts, 5_000))).toEqual(new Set(['person']));
});

test('the same text ends to be a loop when another comes', () => {
  const texts = [...Array.from({ length: 8 }, () => 'away'), 'hello, I am back'];
  expect(verdicts(texts, 60_000).at(-1)).toBe('person');
});

test('a machine that never says the same is stopped by its rate, and free again in the next hour', () => {
  const texts = Array.from({ length: 62 }, (_, at) => `message ${at}`);
  const within = verdicts(texts, 1_000);
  expect(within.slice(0, 60)).not.toContain('too-many');
  expect(within.slice(60)).toEqual(['too-many', 'too-many']);
  expect(verdicts(texts, HOUR / 50)).not.toContain('too-many');
});
