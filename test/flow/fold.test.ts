import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/flow/fold.ts';

describe('fold', () => {
  it.each([
    ['STOP!', 'stop'],
    ['s.t.o.p.', 'stop'],
    ['S-T-O-P', 'stop'],
    ['ＳＴＯＰ', 'stop'],
    ['ST\u200BOP', 'stop'],
    ['\u202ESTOP\u202C', 'stop'],
    ['  Path-Lights ', 'path lights'],
    ["let's go", 'lets go'],
    ['let’s go', 'lets go'],
    ['£40,000', '£40 000'],
    ['²', '2'],
    ['٣', '3'],
    ['۳', '3'],
    ['३', '3'],
    ['1️⃣', '1'],
    ['Ścieżka Łąka', 'sciezka laka'],
    ['İ', 'i'],
    ['👍🏽', '👍'],
    ['اُردُو', 'اردو'],
    ['كيك', 'کیک'],
    ['1\n2', '1 2'],
  ])('reads %j as %j', (typed, folded) => {
    expect(fold(typed)).toBe(folded);
  });

  it('keeps apart what only vowel signs tell apart', () => {
    expect(fold('कि')).not.toBe(fold('कु'));
  });

  it('folds what is folded to itself, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it('reads plain English the same on its fast way as on its slow one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(fold(`é ${text}`)).toBe(`e ${fold(text)}`.trim());
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});
