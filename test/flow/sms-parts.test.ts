import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import {
  dearCharacters,
  dearerCharacters,
  smsEncoding,
  smsLength,
  smsParts,
} from '../../src/flow/sms-parts.ts';

describe('the parts of a text message', () => {
  it.each([
    ['', 1],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ł'.repeat(70), 1],
    ['ł'.repeat(71), 2],
    ['ł'.repeat(134), 2],
    ['ł'.repeat(135), 3],
  ])('%#: counted as the networks count them', (text, parts) => {
    expect(smsParts(text)).toBe(parts);
  });

  it('says what makes a text dear', () => {
    expect(smsEncoding('£5 for you')).toBe('GSM-7');
    expect(smsLength('[€]')).toBe(6);
    expect(dearCharacters('“Łódź” and “more” 👍🏽 [€]')).toEqual(['“', 'Ł', 'ó', 'ź', '”', '👍🏽']);
  });

  it.each([
    ['a text of one part is not dearer, whatever stands in it', 'Łódź 👍 [€]', []],
    ['letters that halve the room', `Łódź ${'a'.repeat(80)}`, ['Ł', 'ó', 'ź']],
    ['what takes two places, where it is too much', `[${'a'.repeat(157)}€]`, ['[', '€', ']']],
    ['what takes two places, where there is room', `[${'a'.repeat(150)}€]`, []],
    ['both, where both are too much', `ł${'a'.repeat(150)}[€~^\\|]`, [...'ł[€~^\\|]']],
    ['letters alone, where brackets change nothing', `ł{}${'a'.repeat(304)}`, ['ł']],
    ['a long text that would be as long without them', 'a'.repeat(307), []],
  ])('says what makes it dearer: %s', (_, text, dearer) => {
    expect(dearerCharacters(text)).toEqual(dearer);
  });

  it('never calls dearer what costs the same when it is written plainly', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a ł€[]~é👍'), maxLength: 330 }), (text) => {
        const dearer = dearerCharacters(text);
        const plain = dearer.reduce((rest, one) => rest.replaceAll(one, 'x'), text);
        if (dearer.length > 0) expect(smsParts(plain)).toBeLessThan(smsParts(text));
        else expect(smsParts(text.replaceAll(/[^a é]/gu, 'x'))).toBe(smsParts(text));
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  it('agrees with the calculator of the provider', () => {
    const characters = fc.constantFrom(
      ...'aé£@€[]{}~^\\|\n\r\fΩ ',
      ...'łŵ“—ا',
      'ч',
      '👍',
      '👨‍👩‍👧',
      '🇬🇧',
    );
    const texts = fc.oneof(
      fc.array(characters, { maxLength: 400 }).map((all) => all.join('')),
      fc
        .array(fc.constantFrom(...'aé£@€[]\n '), { minLength: 120, maxLength: 480 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const theirs = new SegmentedMessage(text, 'auto', false);
        expect(smsEncoding(text)).toBe(theirs.encodingName);
        expect(smsParts(text)).toBe(theirs.segmentsCount);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
