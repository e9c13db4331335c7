import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phoneNumber } from '../../../adapters/sms/phone-number.ts';

test.each([
  '07700 900123',
  '07700900123',
  ' 07700-900-123 ',
  '+447700900123',
  '+44 7700 900123',
  '+44 (0)7700 900123',
  '0044 7700 900123',
  '00447700900123',
  '447700900123',
  '٠٧٧٠٠ ٩٠٠١٢٣',
  '۰۷۷۰۰۹۰۰۱۲۳',
  '０７７００９００１２３',
])('%s is one and the same person', (typed) => {
  expect(phoneNumber(typed)).toEqual({ kind: 'mobile', e164: '+447700900123' });
});

test.each([
  ['09098 790000', 'premium'],
  ['070 1234 5678', 'personal'],
  ['+447600000000', 'pager'],
  ['020 7946 0000', 'landline'],
  ['85258', 'short-code'],
  ['60777', 'short-code'],
  ['CouncilNews', 'alphanumeric'],
  ['+353851234567', 'abroad'],
  ['+12025550123', 'abroad'],
  ['', 'not-a-number'],
  ['+', 'not-a-number'],
  ['07700 90012', 'not-a-number'],
  ['07700 9001234', 'not-a-number'],
  ['+999999999999999999999999', 'not-a-number'],
])('%s is not written to: %s', (typed, reason) => {
  expect(phoneNumber(typed)).toEqual({ kind: 'refused', reason });
});

test('mobiles of Jersey, Guernsey and the Isle of Man are mobiles', () => {
  for (const e164 of ['+447781123456', '+447797123456', '+447624123456'])
    expect(phoneNumber(e164)).toEqual({ kind: 'mobile', e164 });
});

test('however a number is spaced and begun, it is one number', () => {
  const start = fc.constantFrom('0', '+44', '+44 ', '+44 (0)', '0044', '0044 ');
  const gaps = fc.array(fc.constantFrom('', ' ', '-'), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(start, fc.integer({ min: 0, max: 999 }), gaps, (begin, last, between) => {
      const national = `7700900${String(last).padStart(3, '0')}`;
      const spaced = [...national].map((digit, at) => digit + (between[at] ?? '')).join('');
      expect(phoneNumber(begin + spaced)).toEqual({ kind: 'mobile', e164: `+44${national}` });
    }),
    { seed: 22 },
  );
});

test('any text at all is answered, and what is canonical stays so', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const number = phoneNumber(typed);
      if (number.kind === 'mobile') expect(phoneNumber(number.e164)).toEqual(number);
    }),
    { seed: 23 },
  );
});
