/** Every step leads somewhere, and everybody comes to an end. */
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/checked-flow.ts';
import { GOOD_FLOW } from '../good-flow.ts';
import { GOODBYE, slip, TWO } from './slip.ts';

describe('where steps go', () => {
  it.each<[string, string, ...string[]]>([
    [
      'next: goodbye',
      'next: goodbey',
      '36:11 Step "better" goes to "goodbey", which does not exist. Did you mean "goodbye"?',
    ],
    [
      'start: first',
      'start: frist',
      '19:8 The flow starts at "frist", which does not exist. Did you mean "first"?',
    ],
    [
      '    next: goodbye',
      '    on_failure: lost\n    next: goodbye',
      '36:17 Step "better" goes to "lost", which does not exist.',
    ],
    [
      '      - go: better\n',
      '',
      '29:9 Step "first" has nowhere to go when no condition holds. Add a last branch without "when".',
    ],
    [
      '      - when: has',
      '      - go: better\n      - when: has',
      '30:9 Warning: This branch is never taken: the one above it has no "when".',
    ],
    [
      GOODBYE,
      `${GOODBYE}  lost:\n    say: ${TWO}\n`,
      '40:3 No step leads to "lost": nobody will ever see it.',
    ],
    [
      '    end: true',
      '    next: again\n  again:\n    say: { en: "x", cy: "y" }\n    next: goodbye',
      '21:3 From "first" nobody can come to an end.',
      '32:3 From "better" nobody can come to an end.',
      '37:3 These steps lead round to each other for ever and ask nothing: goodbye, again.',
    ],
    [
      '    next: goodbye',
      '    next: first',
      '21:3 From "first" nobody can come to an end.',
      '32:3 From "better" nobody can come to an end.',
      '37:3 No step leads to "goodbye": nobody will ever see it.',
    ],
    [
      '    end: true',
      '    end: true\n    next: first',
      '40:5 Warning: Step "goodbye" ends, so its "next" is never followed.',
    ],
    [
      '    end: true',
      '    end: false',
      '39:10 Step "goodbye" neither ends nor says where to go on.',
    ],
  ])('%j written as %j', (from, to, ...problems) => {
    expect(slip(from, to)).toEqual(problems);
  });

  it('lets a question go on to the step below it', () => {
    expect(slip('    next: goodbye\n', '')).toEqual([]);
    const last = '  last:\n    ask: yes_no\n    text: { en: "Sure?", cy: "Siwr?" }\n';
    expect(problemsOf(GOOD_FLOW.replace(GOODBYE, last).replaceAll('goodbye', 'last'))).toEqual([
      '37:3 Step "last" does not say where to go on. Add "next".',
    ]);
  });

  it('lets questions be asked again in a circle', () => {
    expect(
      slip(
        'next: goodbye',
        'next: [ { when: "has(answers.better)", go: goodbye }, { go: first } ]',
      ),
    ).toEqual([]);
  });
});
