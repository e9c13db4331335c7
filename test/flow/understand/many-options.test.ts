import { describe, expect, test } from 'vitest';
import { asked } from '../support/question.ts';

const OPTIONS = `
options:
  ramp: { en: Skate ramp }
  lights: { label: { en: Path lights }, aliases: { en: [lights] } }
  goals: { en: Goals }
  bins: { en: Bins and benches }
`;
const many = asked(`ask: choose_many\nmax_choices: 3${OPTIONS}`);

describe('several at once', () => {
  test.each([
    ['1 3', ['ramp', 'goals']],
    ['1,3', ['ramp', 'goals']],
    ['1, 3.', ['ramp', 'goals']],
    ['1 and 3', ['ramp', 'goals']],
    ['1 & 3', ['ramp', 'goals']],
    ['1+3', ['ramp', 'goals']],
    ['1/3', ['ramp', 'goals']],
    ['1\n3', ['ramp', 'goals']],
    ['3 1', ['goals', 'ramp']],
    ['one and three', ['ramp', 'goals']],
    ['first and last', ['ramp', 'bins']],
    ['a and c', ['ramp', 'goals']],
    ['a, c', ['ramp', 'goals']],
    ['٢ ٣', ['lights', 'goals']],
    ['1 1', ['ramp']],
    ['2', ['lights']],
    ['goals', ['goals']],
    ['ramp and lights', ['ramp', 'lights']],
    ['Skate ramp, goals', ['ramp', 'goals']],
    ['lights goals', ['lights', 'goals']],
    ['bins and benches', ['bins']],
    ['goals and bins and benches', ['goals', 'bins']],
    ['skate rmap, gaols', ['ramp', 'goals']],
    ['1 skate ramp, 3 goals', ['ramp', 'goals']],
    ['i want 1 and 3 please', ['ramp', 'goals']],
    ['1-2', ['ramp', 'lights']],
    ['the second one and the third one', ['lights', 'goals']],
    ['a ramp and a goal', ['ramp', 'goals']],
  ])('%j', (text, ids) => expect(many.means(text)).toEqual(ids));

  test.each([
    ['13', ['?all', 'ramp', 'goals']],
    ['31', ['?all', 'goals', 'ramp']],
    ['1-3', ['?all', 'ramp', 'goals']],
    ['1 to 3', ['?all', 'ramp', 'goals']],
    ['1 or 3', ['?', 'ramp', 'goals']],
    ['1 and goals', ['?all', 'ramp', 'goals']],
    ['ramp and dragons', ['?all', 'ramp']],
    ['skate lights', ['?all', 'ramp', 'lights']],
  ])('%j is asked about', (text, meant) => expect(many.means(text)).toEqual(meant));

  test.each([
    ['1 2 3 4', 'too_many'],
    ['1234', 'too_many'],
    ['all', 'too_many'],
    ['everything', 'too_many'],
    ['5', 'out_of_range'],
    ['1 9', 'out_of_range'],
    ['0', 'out_of_range'],
    ['19', 'out_of_range'],
    ['11', 'out_of_range'],
  ])('%j is not allowed', (text, why) => expect(many.means(text)).toBe(why));

  test.each([
    'none',
    'neither',
    'not 1',
    '1 not 2',
    'everything except 2',
    'all but 1',
    'both',
    'dragons',
    '',
    '!!',
    'no',
    'ramp but not the lights',
    'yes',
    'none of them',
  ])('%j is not understood', (text) => expect(many.means(text)).toBeUndefined());

  test('all of them where all are allowed, both where there are two', () => {
    const two = asked('ask: choose_many\noptions: { a: { en: Tea }, b: { en: Milk } }');
    expect(two.means('both')).toEqual(['a', 'b']);
    expect(two.means('all of them')).toEqual(['a', 'b']);
    expect(two.means('neither')).toBeUndefined();
  });

  test('twelve is a number where there are twelve', () => {
    const options = Array.from(
      { length: 12 },
      (_, at) => `  o${at + 1}: { en: "Thing ${String.fromCharCode(65 + at)}" }`,
    );
    const twelve = asked(`ask: choose_many\noptions:\n${options.join('\n')}`);
    expect(twelve.means('12')).toEqual(['o12']);
    expect(twelve.means('13')).toEqual(['?all', 'o1', 'o3']);
    expect(twelve.means('1 2')).toEqual(['o1', 'o2']);
  });
});

const rank = asked(`ask: rank\nrank: 3${OPTIONS}`);

describe('a ranking', () => {
  test.each([
    ['2 1 3', ['lights', 'ramp', 'goals']],
    ['2,1,3', ['lights', 'ramp', 'goals']],
    ['2>1>3', ['lights', 'ramp', 'goals']],
    ['2 then 1 then 3', ['lights', 'ramp', 'goals']],
    ['goals, lights, ramp', ['goals', 'lights', 'ramp']],
    ['1 goals 2 lights 3 skate ramp', ['goals', 'lights', 'ramp']],
    ['1. goals\n2. lights\n3. skate ramp', ['goals', 'lights', 'ramp']],
    ['first goals then lights then bins and benches', undefined],
  ])('%j', (text, ids) => expect(rank.means(text)).toEqual(ids));

  test.each([
    ['213', ['?all', 'lights', 'ramp', 'goals']],
    ['2 1', 'too_few'],
    ['2', 'too_few'],
    ['1 2 3 4', 'too_many'],
    ['1 1 2', undefined],
    ['1 2 2', undefined],
    ['all', undefined],
    ['9 1 2', 'out_of_range'],
    ['21', 'too_few'],
  ])('%j', (text, meant) => expect(rank.means(text)).toEqual(meant));
});
