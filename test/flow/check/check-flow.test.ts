/** The check as a whole: nothing to say of a good flow, everything at once of a bad one. */
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/checked-flow.ts';
import { GOOD_FLOW } from '../good-flow.ts';

describe('a flow without a mistake', () => {
  it('has no problem at all', () => {
    expect(problemsOf(GOOD_FLOW)).toEqual([]);
  });
});

describe('several mistakes at once', () => {
  it('are all shown, whatever kind they are', () => {
    const text = GOOD_FLOW.replace('max_length', 'max_lenght')
      .replace('ages: [11, 18]', 'ages: eleven')
      .replace('next: goodbye', 'next: goodbey')
      .replace('cy: "Ramp sglefrio"', 'cy: "Stop"');
    expect(problemsOf(text)).toEqual([
      '7:7 Write the youngest and the oldest age, such as [11, 18].',
      '25:37 "Stop" cannot name an option: whoever types it asks for STOP. Choose another word.',
      '35:5 There is no setting called "max_lenght" here. Did you mean "max_length"?',
      '36:11 Step "better" goes to "goodbey", which does not exist. Did you mean "goodbye"?',
    ]);
  });
});
