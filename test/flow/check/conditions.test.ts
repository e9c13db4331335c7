/** Conditions ask about answers that are there by then. */
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/checked-flow.ts';
import { GOOD_FLOW } from '../good-flow.ts';
import { slip } from './slip.ts';

describe('conditions', () => {
  const condition = 'has(answers.first) && answers.first == "lights"';
  it.each([
    [
      condition,
      'answers.frist == "lights"',
      '29:23 There is no question called "frist". Did you mean "first"?',
    ],
    [
      condition,
      'answers.first == "lights"',
      '29:15 "first" can be skipped. Write has(answers.first) && before this.',
    ],
    [
      condition,
      'has(answers.first) && answers.first == "light"',
      '29:54 Warning: "first" has no option called "light". Did you mean "lights"?',
    ],
    [
      condition,
      'has(answers.better)',
      '29:15 Warning: "better" has not been asked when "first" looks at its answer.',
    ],
    [
      condition,
      "'has(answers.frist)'",
      '29:28 There is no question called "frist". Did you mean "first"?',
    ],
    [
      condition,
      '"has(answers.first) && \\"x\\" in answers.first"',
      '29:15 "first" is one of its options: compare it with an option\'s name in quotes.',
    ],
    [
      condition,
      'answers.first',
      '29:15 A condition asks something that is true or false. Compare the answer with something: answers.first == ...',
    ],
  ])('%j written as %j', (from, to, problem) => {
    expect(slip(from, to)).toEqual([problem]);
  });

  it('need no has() where the question cannot be skipped', () => {
    const unguarded = GOOD_FLOW.replace(condition, 'answers.first == "lights"');
    expect(
      problemsOf(
        unguarded.replace(
          'ask: choose_one',
          'ask: choose_one\n    skippable: false\n    on_failure: goodbye',
        ),
      ),
    ).toEqual([]);
  });
});
