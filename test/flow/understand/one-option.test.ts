/** One of a few options: by its number, by its name, or asked about; never guessed. */
import { describe, expect, test } from 'vitest';
import { asked } from '../support/question.ts';

const PARK = `
ask: choose_one
options:
  ramp: { label: { en: Skate ramp }, aliases: { en: ["🛹"] } }
  lights: { en: Path lights }
  goals: { en: Goals }
`;
const park = asked(PARK);
const STARTS_ALIKE = `
ask: choose_one
options: { goals: { en: Goals }, club: { en: Beginners club } }
`;

describe('a word that goes on', () => {
  test.each(['go', 'Go!', 'GO', 'begin'])('%s is no beginning of an option', (text) => {
    expect(asked(STARTS_ALIKE).means(text)).toBeUndefined();
  });

  test('it is the option where it is all of its name', () => {
    expect(
      asked('ask: choose_one\noptions: { go: { en: Go }, stay: { en: Stay } }').means('go'),
    ).toBe('go');
  });
});

describe('an option by its number', () => {
  test.each([
    '2',
    '2.',
    '2)',
    '(2)',
    '#2',
    ' 2 ',
    '2!',
    '2nd',
    '2nd one',
    'the 2nd one',
    'second',
    'the second one',
    'number two',
    'Number 2',
    'two',
    'TWO',
    'two please',
    'two pls',
    'b',
    'B',
    'b)',
    'option 2',
    'option b',
    '²',
    '２',
    '②',
    '2️⃣',
    '٢',
    '۲',
    '२',
    'i pick 2',
    'I think 2',
    'answer 2',
    '2 thanks',
    'tow',
    'um 2',
    "I'd like 2 please",
  ])('%s is the second', (text) => {
    expect(park.means(text)).toBe('lights');
  });

  test.each(['3', 'last', 'the last one', 'last one', 'third', 'tree', 'c'])(
    '%s is the third',
    (text) => {
      expect(park.means(text)).toBe('goals');
    },
  );

  test.each(['0', '4', '7', '12', '13', '99', '4th', '12 please'])(
    '%s is not on the list',
    (text) => {
      expect(park.means(text)).toBe('out_of_range');
    },
  );
});

describe('an option by its name', () => {
  test.each([
    'Skate ramp',
    'skate ramp',
    'SKATE RAMP!!',
    'skateramp',
    'skate-ramp',
    'the skate ramp',
    'skate ramp please',
    '🛹',
    'skate',
    'ska',
    'ramp',
    'the ramp',
    'i want the skate ramp',
    'skate rmap',
    'skat ramp',
    'skate rampp',
    'scate ramp',
    'Skáte rämp',
    'I would like the ramp please',
    'ramp ramp',
  ])('%s is the ramp', (text) => {
    expect(park.means(text)).toBe('ramp');
  });

  test.each(['gaols', 'gols', 'goal', 'goalss', 'Goals.'])('%s is the goals', (text) => {
    expect(park.means(text)).toBe('goals');
  });
});

describe('what is asked about, never guessed', () => {
  test.each([
    ['1 or 2', ['?', 'ramp', 'lights']],
    ['1 2', ['?', 'ramp', 'lights']],
    ['lites ramp', ['?', 'ramp', 'lights']],
    ['ramp or goals', ['?', 'ramp', 'goals']],
    ['ramp and lights', ['?', 'ramp', 'lights']],
    ['more lights', ['?', 'lights']],
    ['maybe 2', ['?', 'lights']],
    ['lites', ['?', 'lights']],
    ['the lights because it gets dark', ['?', 'lights']],
  ])('%s', (text, meant) => {
    expect(park.means(text)).toEqual(meant);
  });
});

describe('what must not match', () => {
  test.each([
    'not the ramp',
    'not 2',
    'neither',
    'none',
    'nothing',
    'no',
    'yes',
    'idk',
    "don't want the ramp",
    'anything but goals',
    'i hate goals',
    '2 not 3',
    'everything except 2',
    'all of them',
    'both',
    '',
    '   ',
    '?',
    '...',
    'gym',
    'a swimming pool',
    'hats',
    'rap',
    'goat',
    'who cares',
    'x',
    'ok',
    'hi',
    'why',
    '👍',
    '12/05/2011',
    '07700 900123',
    'none of them',
    'unsure',
    'not sure',
    "I can't decide",
  ])('%s', (text) => {
    const meant = park.means(text);
    expect(['undefined', 'out_of_range'].includes(String(meant)), String(meant)).toBe(true);
  });

  test('a story that names everything', () => {
    expect(park.means('the ramp and the lights and the goals '.repeat(30))).not.toBe('ramp');
  });
});
