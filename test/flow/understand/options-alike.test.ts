/** Options that look like each other, like a number, or like a word of refusing. */
import { expect, test } from 'vitest';
import { asked } from '../support/question.ts';

const agree = asked(`
ask: choose_one
options:
  yes: { en: Strongly agree }
  mid: { en: Agree }
  dis: { en: Disagree }
  no: { en: Strongly disagree }
  not: { en: Not sure }
`);
test.each([
  ['agree', 'mid'],
  ['disagree', 'dis'],
  ['strongly agree', 'yes'],
  ['strongly agre', 'yes'],
  ['Strongly disagree', 'no'],
  ['not sure', 'not'],
])('%s is %s', (text, id) => expect(agree.means(text)).toBe(id));
test.each(['not agree', 'dont agree', 'i do not strongly agree'])('%s is none', (text) => {
  expect(agree.means(text)).toBeUndefined();
});
test('a not in another place is asked about', () => {
  expect(agree.means('sure not')).toEqual(['?', 'not']);
});
test('strongly may be two', () => {
  expect(agree.means('strongly')).toEqual(['?', 'yes', 'no']);
});

const numbers = asked(`
ask: choose_one
options: { a: { en: "3" }, b: { en: "1" }, c: { en: "2" } }
`);
test('a label that is another option’s number', () => {
  expect(numbers.means('1')).toEqual(['?', 'b', 'a'].sort());
});

const letters = asked(`
ask: choose_one
options: { s: { en: Swings }, m: { en: Maze }, b: { en: Basketball } }
`);
test('a letter that begins another option', () => {
  expect(letters.means('b')).toEqual(['?', 'm', 'b']);
  expect(letters.means('ba')).toBe('b');
});

const ages = asked(`
ask: choose_one
options: { a: { en: 9 to 12 }, b: { en: 13-15 }, c: { en: "16 or 17" }, d: { en: Rather not say } }
`);
test.each([
  ['14', 'b'],
  ['13', 'b'],
  ['13 to 15', 'b'],
  ['12', 'a'],
  ['17', 'c'],
  ['3', 'c'],
  ['rather not say', 'd'],
  ['rather not', 'd'],
])('an age, %s', (text, id) => expect(ages.means(text)).toBe(id));

const none = asked(`
ask: choose_one
options: { a: { en: Nothing }, b: { en: Everything }, c: { en: No idea } }
`);
test.each([
  ['nothing', 'a'],
  ['everything', 'b'],
  ['no idea', 'c'],
  ['no', undefined],
  ['not', undefined],
])('%s', (text, id) => expect(none.means(text)).toBe(id));
