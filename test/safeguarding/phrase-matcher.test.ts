import { expect, test } from 'vitest';
import { foldToWords } from '../../src/safeguarding/fold.ts';
import { compilePhrases } from '../../src/safeguarding/phrase-matcher.ts';
import { compileClasses } from '../../src/safeguarding/word-classes.ts';

function matcherOf(phrases: readonly string[], members: Record<string, readonly string[]> = {}) {
  const classes = compileClasses(members);
  const matcher = compilePhrases(
    phrases.map((phrase) => [phrase, phrase] as const),
    classes,
  );
  return (text: string) => {
    const words = foldToWords(text).map(classes.words.find);
    return matcher.match(words, classes.spans(words)).map(({ from, to, meaning }) => {
      return `${meaning} ${from}-${to}`;
    });
  };
}

test('a phrase is found wherever it stands, whole words only', () => {
  const match = matcherOf(['red bus']);
  expect(match('a red bus and a red bus')).toEqual(['red bus 2-4', 'red bus 6-8']);
  expect(match('a redbus, a red busy one')).toEqual([]);
});

test('choices, words that may be missing, and gaps', () => {
  const match = matcherOf(['my cat|dog (really) bites .. cook']);
  expect(match('my dog bites cook')).toHaveLength(1);
  expect(match('my cat really bites the very old cook')).toHaveLength(1);
  expect(match('my cat really really bites cook')).toEqual([]);
  expect(match('my cat bites the very very old cook')).toEqual([]);
  expect(match('my horse bites cook')).toEqual([]);
});

test('a gap does not reach over the end of a sentence', () => {
  const match = matcherOf(['my dog .. bites', 'bites .']);
  expect(match('my dog. He bites')).toEqual(['bites . 5-7']);
  expect(match('my dog, he bites me')).toEqual(['my dog .. bites 1-5']);
});

test('classes hold phrases and other classes', () => {
  const match = matcherOf(['{who} barks'], {
    pet: ['dog', 'guinea pig'],
    who: ['{pet}', 'my {pet}', 'my friends {pet}'],
  });
  expect(match('my friends guinea pig barks')).toEqual(['{who} barks 3-6']);
  expect(match('my dog barks')).toEqual(['{who} barks 2-4']);
  expect(match('my pig barks')).toEqual([]);
});

test('of two ways to one phrase the shorter one is told', () => {
  const match = matcherOf(['dog .. bites']);
  expect(match('dog dog bites')).toEqual(['dog .. bites 2-4']);
});

test.each([
  ['{nobody} bites', 'No such class'],
  ['dog (bites)', 'may not begin or end'],
  ['.. dog', 'may not begin or end'],
  ['dog (bites', 'a bracket too many'],
  ['dog|.. bites', 'must be a word or a class'],
  ['dog -- bites', 'without a word'],
])('a phrase that says nothing is refused when it is compiled: %s', (phrase, problem) => {
  expect(() => matcherOf([phrase])('dog')).toThrow(problem);
});
