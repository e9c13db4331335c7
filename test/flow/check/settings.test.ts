/** Settings that make sense together, and tests that the document brings along. */
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/checked-flow.ts';
import { GOOD_FLOW } from '../good-flow.ts';
import { slip } from './slip.ts';

describe('settings', () => {
  it.each([
    ['ages: [11, 18]', 'ages: [18, 11]', '7:7 Write the youngest age first.'],
    [
      'expires_after: 5d',
      'expires_after: 9d',
      '17:16 Warning: Nothing is kept longer than 7 days without an answer: it will expire then.',
    ],
    [
      '[48h]',
      '[6d]',
      '18:13 Warning: This reminder would come after the conversation has expired.',
    ],
    [
      'start: first',
      'about_you: [area]\nstart: first',
      '19:13 Warning: To ask for the area, list the areas to choose from under "areas".',
    ],
    ['languages: [en, cy]', 'languages: [en, cy, en]', '4:21 "en" stands here twice.'],
    [
      '    ask: text\n',
      '    ask: number\n    bounds: { min: 9, max: 3 }\n',
      '34:13 Write the smaller number as min.',
    ],
  ])('%j written as %j', (from, to, problem) => {
    expect(slip(from, to).filter((one) => !one.includes('max_length'))).toContain(problem);
  });

  it('warns of a language that the program does not speak', () => {
    const vietnamese = GOOD_FLOW.replaceAll('cy:', 'vi:').replace('[en, cy]', '[en, vi]');
    expect(problemsOf(vietnamese)).toContain(
      '4:17 Warning: The program\'s own sentences are not written in "vi": people read those in English.',
    );
  });
});

describe("the document's own tests", () => {
  it('should be there', () => {
    expect(problemsOf(GOOD_FLOW.slice(0, GOOD_FLOW.indexOf('tests:')))).toEqual([
      '1:1 Warning: There are no tests. Write down what a person may say, and where it should end.',
    ]);
  });

  it.each([
    [
      'answers.first:',
      'answers.frist:',
      '41:74 There is no question called "frist". Did you mean "first"?',
    ],
    [
      'ended_at: goodbye',
      'ended_at: goodby',
      '41:105 There is no step called "goodby". Did you mean "goodbye"?',
    ],
    ['channel: sms', 'language: ur', '41:29 The flow has no language "ur".'],
  ])('%j written as %j', (from, to, problem) => {
    expect(slip(from, to)).toEqual([problem]);
  });
});
