import { describe, expect, test } from 'vitest';
import { asked } from '../support/question.ts';

describe('a scale', () => {
  const safe = asked(
    'ask: scale\nscale: 5\nlabels: { low: { en: not safe }, high: { en: very safe } }',
  );
  test.each([
    ['4', 4],
    ['four', 4],
    ['4!', 4],
    ['4/5', 4],
    ['4 out of 5', 4],
    ['a 4 please', 4],
    ['٤', 4],
    ['very safe', 5],
    ['not safe', 1],
    ['Very safe!', 5],
    ['its a 3', 3],
    ['number 2', 2],
    ['5', 5],
    ['very saef', 5],
  ])('%s', (text, value) => expect(safe.means(text)).toBe(value));
  test.each([
    ['0', 'out_of_range'],
    ['6', 'out_of_range'],
    ['10', 'out_of_range'],
    ['-1', 'out_of_range'],
    ['6/5', 'out_of_range'],
    ['7 out of 10', undefined],
    ['8/10', undefined],
    ['3.5', undefined],
    ['2,5', undefined],
    ['b', undefined],
    ['last', undefined],
    ['not 4', undefined],
    ['dunno', undefined],
    ['', undefined],
    ['👍', undefined],
  ])('%s is none', (text, meant) => expect(safe.means(text)).toBe(meant));
  test.each([
    ['3 or 4', ['?', '3', '4']],
    ['3-4', ['?', '3', '4']],
    ['safe', ['?', '1', '5']],
  ])('%s is asked about', (text, meant) => expect(safe.means(text)).toEqual(meant));

  const faces = asked('ask: scale\nscale: faces');
  test.each([
    ['😀', 5],
    ['😢', 1],
    ['😐', 3],
    ['😀😀😀', 5],
    ['🙂', 4],
    ['😊', 4],
    ['☹️', 2],
    ['very happy', 5],
    ['Happy', 4],
    ['sad', 2],
    ['very sad', 1],
    ['3', 3],
    ['in the middle', 3],
    ['middle', 3],
  ])('a face, %s', (text, value) => expect(faces.means(text)).toBe(value));
  test.each([
    ['😀😢', undefined],
    ['🤷', undefined],
    ['not happy', undefined],
    ['very', ['?', '1', '5']],
  ])('no face, %s', (text, meant) => expect(faces.means(text)).toEqual(meant));
});

describe('a number', () => {
  const age = asked('ask: number\nbounds: { min: 5, max: 200 }');
  test.each([
    ['12', 12],
    ['12!', 12],
    ['twelve', 12],
    ['12 years', 12],
    ['12yrs old', 12],
    ['£12', 12],
    ['12 pounds', 12],
    ['im 12', 12],
    ["I'm 12 years old", 12],
    ['about 12', 12],
    ['twenty one', 21],
    ['forty', 40],
    ['a hundred', 100],
    ['one hundred and five', 105],
    ['١٢', 12],
    ['１２', 12],
    ['12.5', 12.5],
    ['seventeen', 17],
    ['12%', 12],
    ['012', 12],
    ['12 please', 12],
    ['12.', 12],
  ])('%s', (text, value) => expect(age.means(text)).toBe(value));
  test.each([
    ['3', 'out_of_range'],
    ['201', 'out_of_range'],
    ['-12', 'out_of_range'],
    ['1,000', 'out_of_range'],
    ['12/05/2011', undefined],
    ['2011-05-12', undefined],
    ['12/5', undefined],
    ['12-05', undefined],
    ['12:30', undefined],
    ['07700 900123', undefined],
    ['07700900123', undefined],
    ['+447700900123', undefined],
    ['3 or 4', undefined],
    ['10 to 12', undefined],
    ['10-12', undefined],
    ['12 13', undefined],
    ['over 12', undefined],
    ['more than 12', undefined],
    ['not 12', undefined],
    ['less than 12', undefined],
    ['12 hundred', undefined],
    ['5 thousand', undefined],
    ['lots', undefined],
    ['', undefined],
    ['2k', undefined],
    ['1.2.3', undefined],
    ['12,5', undefined],
    ['twelve thousand', undefined],
    ['NaN', undefined],
    ['1e9', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
  ])('%s is none', (text, meant) => expect(age.means(text)).toBe(meant));
});

describe('yes or no', () => {
  const use = asked('ask: yes_no', ['en', 'cy', 'pl', 'ur']);
  test.each([
    'yes',
    'YES',
    'y',
    'yeah',
    'yep!',
    'Yesss',
    'yess please',
    'yes yes yes',
    'ok',
    'sure',
    '👍',
    'tak',
    'Tak!',
    'ie',
    'ydw',
    'جی ہاں',
    'haan',
    'yeah i do',
    'yes thanks',
    'i do',
  ])('%s is yes', (text) => expect(use.means(text)).toBe(true));
  test.each([
    'no',
    'NO',
    'n',
    'nope',
    'nah',
    'Nooo',
    'no thanks',
    'no thank you',
    'not really',
    '👎',
    'nie',
    'nage',
    'نہیں',
    'nahi',
    'no no',
  ])('%s is no', (text) => expect(use.means(text)).toBe(false));
  test.each([
    'yes and no',
    'yes no',
    'maybe',
    '1',
    '2',
    '',
    'perhaps',
    'yes but no',
    'not no',
    'not yes',
    'if my mum says',
    'what',
    'yes if my mum says',
    'notes',
  ])('%s is neither', (text) => expect(use.means(text)).toBeUndefined());
});

describe('a text', () => {
  const text = asked('ask: text\nmax_length: 10');
  test.each([
    ['  more trees ', 'more trees'],
    ['🌳', '🌳'],
    ['1', '1'],
    ['?', '?'],
    ['🌳🌳🌳🌳🌳🌳🌳🌳🌳🌳', '🌳🌳🌳🌳🌳🌳🌳🌳🌳🌳'],
    ['a\nb', 'a\nb'],
    ['no', 'no'],
  ])('%j is kept whole', (typed, value) => expect(text.means(typed)).toBe(value));
  test('too long, and nothing', () => {
    expect(text.means('more trees!')).toBe('too_long');
    expect(text.means(' \n ')).toBeUndefined();
  });
});
