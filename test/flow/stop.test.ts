/** Sentences that ask for the texts to end, and answers that only have a word of stopping in them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everydayAnswers } from './support/everyday-answers.ts';
import { notStops } from './support/not-stops.ts';
import { recognise } from './support/recognise.ts';
import { stops } from './support/stops.ts';

describe('STOP, however it is put', () => {
  test.each(stops)('%j stops', (text) => expect(recognise(text)).toBe('stop'));
});

describe('a word of stopping in an answer', () => {
  test.each(notStops)('%j does not stop', (text) => {
    expect(recognise(text)).not.toBe('stop');
  });
});

/** What people put around their words without meaning anything by it. */
const around = fc.constantFrom(
  '',
  ' ',
  '!!',
  ' 😡',
  ' 😂😂',
  ' x',
  ' lol',
  ' please',
  ' mate',
  '.',
);

test('a plain STOP stays one, whatever is put around it', () => {
  const plain = fc.constantFrom('stop', 'stop texting me', 'leave me alone', 'no more texts');
  fc.assert(
    fc.property(
      fc.constantFrom('', 'pls ', '😡 ', 'sorry '),
      plain,
      around,
      (before, text, after) => {
        expect(recognise(`${before}${text}${after}`)).toBe('stop');
      },
    ),
    { seed: 8, numRuns: 300 },
  );
});

test('everyday answers opt nobody out and forget nobody, alone or together', () => {
  expect(new Set(everydayAnswers).size).toBeGreaterThanOrEqual(200);
  const said = fc.array(fc.tuple(fc.constantFrom(...everydayAnswers), around), {
    minLength: 1,
    maxLength: 3,
  });
  const never = new Set(['stop', 'wrong-number', 'who-is-this']);
  for (const answer of everydayAnswers)
    expect([answer, recognise(answer)]).toEqual([answer, undefined]);
  fc.assert(
    fc.property(said, fc.constantFrom(' ', '. ', ', ', '\n'), (parts, between) => {
      const text = parts.map((part) => part.join('')).join(between);
      expect(never.has(recognise(text) ?? '')).toBe(false);
    }),
    { seed: 8, numRuns: 2000 },
  );
});

test('texts made to be slow are read', () => {
  for (const piece of [
    'stop ',
    'stop texting ',
    'i dont want ',
    'no more ',
    'pls',
    'o',
    'st',
    '. ',
    '😡',
  ]) {
    for (const times of [20, 20_000]) recognise(piece.repeat(times));
  }
});
