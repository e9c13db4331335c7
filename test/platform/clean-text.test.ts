import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../src/platform/clean-text.ts';

test.each([
  ['plain words stay as they are', 'Hi, GO! 1.', 'Hi, GO! 1.'],
  ['NUL, which Postgres refuses, goes', 'sk\u0000ate', 'skate'],
  ['half a surrogate pair goes', 'a\ud800b\udc00c', 'abc'],
  ['escape codes go', '\u001b[31mred', '[31mred'],
  ['text cannot be turned round', '\u202epots\u202c', 'pots'],
  ['zero-width characters do not split STOP', 'S\u200bT\u200dO\ufeffP\u2060', 'STOP'],
  ['soft hyphens and fillers go', 'ra\u00admp\u3164', 'ramp'],
  ['a family emoji stays together', '👨‍👩‍👧 yes', '👨‍👩‍👧 yes'],
  ['skin tones and keycaps stay', '👍🏽 1️⃣ 🏳️‍🌈', '👍🏽 1️⃣ 🏳️‍🌈'],
  ['the Welsh flag stays', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
  ['hidden tags go', 'ok\u{e0041}\u{e0042}', 'ok'],
  ['Urdu keeps the joiners that it is spelt with', 'می\u200cخواہم', 'می\u200cخواہم'],
  ['letters and their accents become one', 'cafe\u0301', 'café'],
  ['line breaks of every kind become one kind', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['a tab stays', 'a\tb', 'a\tb'],
])('%s', (_why, raw, clean) => {
  expect(cleanText(raw)).toBe(clean);
});

test('a flood of combining marks is bounded', () => {
  expect(cleanText(`z${'\u0322'.repeat(900)}!`)).toBe(`z${'\u0322'.repeat(4)}!`);
});

test('a long text is cut between characters, never inside one', () => {
  const family = '👨‍👩‍👧';
  expect(cleanText(family.repeat(300))).toBe(family.repeat(200));
  expect(cleanText('a'.repeat(5000))).toHaveLength(1600);
  expect(cleanText('ab😀', 3)).toBe('ab');
});

test('whatever comes in, Postgres can store it and cleaning it again changes nothing', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 400 });
  const halves = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 });
  fc.assert(
    fc.property(
      fc.oneof(
        anything,
        halves.map((units) => String.fromCharCode(...units)),
      ),
      (raw) => {
        const clean = cleanText(raw, 200);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toContain('\u0000');
        expect(clean.length).toBeLessThanOrEqual(200);
        expect(cleanText(clean, 200)).toBe(clean);
      },
    ),
    { seed: 20, numRuns: 2000 },
  );
});
