/** The promise is whole; people agree to it and may refuse. */
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/checked-flow.ts';
import { GOOD_FLOW } from '../good-flow.ts';
import { slip, TWO } from './slip.ts';

describe('the promise', () => {
  it.each([
    ['asks', 'what is asked'],
    ['can_change', 'what can change'],
    ['cannot_change', 'what cannot change'],
    ['decides', 'who decides, and when'],
    ['level', 'how much say people have (level)'],
    ['feedback_by', 'the day by which people hear back (feedback_by)'],
  ])('cannot do without %s', (part, meaning) => {
    const without = GOOD_FLOW.replace(new RegExp(`  ${part}:.*\n`), '');
    expect(problemsOf(without)).toEqual([
      `8:1 The promise does not say ${meaning}: "${part}" is missing.`,
    ]);
  });

  it('is needed as a whole', () => {
    expect(problemsOf(GOOD_FLOW.replace(/promise:\n( {2}.*\n)+/, ''))[0]).toMatch(
      /^1:1 The promise is missing\. /,
    );
  });

  it.each([
    ['2027-01-28', '2027-02-30', '15:16 "2027-02-30" is not a day. Write it as 2027-01-28.'],
    [
      '2027-01-28',
      '28 January 2027',
      '15:16 "28 January 2027" is not a day. Write it as 2027-01-28.',
    ],
    [
      '2027-01-28',
      '2026-11-19',
      '15:16 2026-11-19 has gone by. Promise a day that is still to come.',
    ],
    ['2027-01-28', '2027-03-28', '15:16 Warning: People wait more than 12 weeks for an answer.'],
  ])('%s given as %s', (from, to, problem) => {
    expect(slip(from, to).filter((one) => one.startsWith('15:'))).toEqual([problem]);
  });

  it('should say how we will know that it worked', () => {
    expect(problemsOf(GOOD_FLOW.replace(/ {2}success:.*\n/, ''))).toEqual([
      '8:1 Warning: The promise does not say how we will know that it worked: "success" is missing.',
    ]);
  });
});

describe('consent and refusing', () => {
  const ask = (consent: string) =>
    GOOD_FLOW.replace(
      'start: first\nsteps:\n',
      `start: consent\nsteps:\n  consent:\n${consent}    text: ${TWO}\n    next: first\n`,
    );

  it('takes a consent that comes first', () => {
    expect(problemsOf(ask('    ask: yes_no\n'))).toEqual([]);
  });

  it.each<[string, string, ...string[]]>([
    [
      '    ask: yes_no\n',
      '    ask: text\n',
      '21:3 "consent" must be a yes_no question. Give this step another name.',
    ],
    [
      '    ask: yes_no\n',
      '    ask: yes_no\n    skippable: true\n',
      '23:16 A consent cannot be skipped. Take this line away.',
    ],
    [
      'start: consent',
      'start: first',
      '19:8 The step "consent" must come first: write start: consent.',
      '21:3 No step leads to "consent": nobody will ever see it.',
    ],
  ])('%j written as %j', (from, to, ...problems) => {
    expect(problemsOf(ask('    ask: yes_no\n').replace(from, to))).toEqual(problems);
  });

  it('warns where nobody can refuse', () => {
    expect(slip('max_length: 300', 'skippable: false')).toEqual([
      '35:16 Warning: "better" cannot be skipped. Let people skip it, or say with "on_failure" where to go when they do not answer.',
    ]);
  });
});
