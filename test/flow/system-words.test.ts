import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/flow/problem.ts';
import { loadSystemWords } from '../../src/flow/system-words.ts';

const SMALL = `languages: { en: English, en-easy: Easy words, cy: Cymraeg, cy-easy: Hawdd }
command_words:
  stop: { en: [stop, "don't text me"], cy: [stopio] }
  language: { cy: [cymraeg, welsh] }
yes_words: { en: [yes, y] }
number_words: { en: { one: 1, first: 1 } }
sentences:
  hello: { en: "Hello {name}, {name}!", en-easy: "Hi.", cy: "Helo {name}", cy-easy: "Helo" }
  bye: { en: Bye, en-easy: Bye, cy: Hwyl, cy-easy: Hwyl }
`;

function load(text: string) {
  return loadSystemWords(text, { file: 's' });
}

function words(text: string) {
  const loaded = load(text);
  if (loaded.kind === 'refused') throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return loaded.words;
}

describe("the program's own sentences", () => {
  it('are said in the language asked for, filled in', () => {
    const { say } = words(SMALL);
    expect(say('hello', 'en', { name: 'you' })).toBe('Hello you, you!');
    expect(say('hello', 'cy', { name: 'ti' })).toBe('Helo ti');
    expect(say('hello', 'en-easy')).toBe('Hi.');
  });

  it('are said in the nearest language there is, then in English', () => {
    const { say } = words(SMALL);
    expect(say('bye', 'cy-north')).toBe('Hwyl');
    expect(say('bye', 'vi')).toBe('Bye');
  });

  it('put values in as they are, braces and dollars too', () => {
    expect(words(SMALL).say('hello', 'cy', { name: '$& {name}' })).toBe('Helo $& {name}');
  });

  it('are known by name, and a wrong name is a bug', () => {
    const { has, say, localised } = words(SMALL);
    expect([has('bye'), has('by')]).toEqual([true, false]);
    expect(localised('bye')).toMatchObject({ en: 'Bye', cy: 'Hwyl' });
    expect(() => say('by', 'en')).toThrow('There is no sentence "by"');
  });

  it('come with the words that people type', () => {
    expect(words(SMALL).vocabulary).toEqual({
      languageNames: { en: 'English', 'en-easy': 'Easy words', cy: 'Cymraeg', 'cy-easy': 'Hawdd' },
      commands: {
        stop: { en: ['stop', "don't text me"], cy: ['stopio'] },
        language: { cy: ['cymraeg', 'welsh'] },
      },
      lists: { yes_words: { en: ['yes', 'y'] } },
      numbers: { en: { one: 1, first: 1 } },
    });
  });

  it.each([
    [', cy: "Helo {name}"', '', 's:8:3 The sentence "hello" is missing in "cy".'],
    ['cy: "Helo {name}"', 'cy: "Helo"', 's:8:57 "hello" has no place {name} in "cy".'],
    [
      'en-easy: "Hi."',
      'en-easy: "Hi {nmae}"',
      's:8:41 "hello" has the place {nmae} in "en-easy" and not in "en".',
    ],
    ['cy: Hwyl,', 'cy: Hwyl, pl: Pa,', 's:9:43 "pl" is not one of the languages above.'],
    ['  stop:', '  stopp:', 's:3:3 There is no setting called "stopp" here.'],
  ])('%j written as %j', (from, to, problem) => {
    expect(load(SMALL.replace(from, to)).problems.map(formatProblem)).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it('that ship are whole in every language', () => {
    const file = 'flows/system.yaml';
    expect(
      loadSystemWords(readFileSync(file, 'utf8'), { file }).problems.map(formatProblem),
    ).toEqual([]);
  });
});
