import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitMessage } from '../../adapters/split-message.ts';

test('a text that fits is one message', () => {
  expect(splitMessage('Text 1, 2 or 3.')).toEqual(['Text 1, 2 or 3.']);
  expect(splitMessage('')).toEqual([]);
});

test('a long text parts between words', () => {
  expect(splitMessage('What should we build first?', 12)).toEqual([
    'What should',
    'we build',
    'first?',
  ]);
});

test('a line end is a better place than a space', () => {
  expect(splitMessage('Skate ramp\nor path lights', 18)).toEqual(['Skate ramp', 'or path lights']);
});

test.each([
  '0800 1111',
  '116 123',
  '111 option 2',
  '+44 20 7946 0000',
  'https://bury.example/chat/park',
])('%s is never cut, wherever it falls', (whole) => {
  for (let before = 0; before < 60; before++) {
    const text = `${'a '.repeat(before)}call ${whole} now, it is free and it is open day and night`;
    expect(splitMessage(text, 40).filter((piece) => piece.includes(whole))).toHaveLength(1);
  }
});

test('pieces hold every word in order, none cut, none too long', () => {
  const word = fc.oneof(
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((s) => !/[\s\d()+-]/u.test(s)),
    fc.constantFrom('0800 1111', '85258.', 'bury.example/chat/park', '999?'),
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 80 }),
      fc.integer({ min: 40, max: 160 }),
      (words, longest) => {
        const text = words.join(' ').trim();
        const pieces = splitMessage(text, longest);
        expect(pieces.join(' ').split(/\s+/u)).toEqual(text.split(/\s+/u));
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(longest);
        for (const whole of ['0800 1111', 'bury.example/chat/park'])
          expect(count(pieces.join('|'), whole)).toBe(count(text, whole));
      },
    ),
    { seed: 21, numRuns: 500 },
  );
});

test('a run without spaces parts between characters, never inside one', () => {
  const pieces = splitMessage('👨‍👩‍👧'.repeat(100), 41);
  expect(pieces.join('')).toBe('👨‍👩‍👧'.repeat(100));
  for (const piece of pieces) expect(piece).toMatch(/^(👨‍👩‍👧)+$/u);
});

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
