/** What a flow costs by text message, and which characters make it dear. */
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../support/checked-flow.ts';
import { GOOD_FLOW } from '../good-flow.ts';
import { GOODBYE, slip, TWO } from './slip.ts';

describe('what a flow costs by text message', () => {
  it('warns of a first message over one part', () => {
    expect(
      slip(
        'help pick what we build first.',
        'help us pick what we should build there first of all.',
      ),
    ).toEqual([
      '9:15 Warning: The first message takes 2 SMS parts in "en" (183 characters, 153 a part). Make asks, cannot_change and decides shorter.',
    ]);
  });

  it('warns of more than three parts, and names the characters that make it dear', () => {
    const long = 'Diolch! '.repeat(60);
    expect(slip('cy: "Diolch."', `cy: "${long}"`)).toEqual([
      expect.stringMatching(
        /^38:34 Warning: "goodbye" takes 4 SMS parts in "cy" \(479 characters, 153 a part\)\. 3 is the most it should\.$/,
      ),
    ]);
    expect(slip('cy: "Diolch."', `cy: "ŵ${'Diolch! '.repeat(26)}"`)).toEqual([
      expect.stringMatching(
        /^38:34 .* 4 SMS parts in "cy" .* These characters halve the room: ŵ\. 3 is/,
      ),
    ]);
  });

  it('shows what a word processor put in', () => {
    expect(slip('What would make the park better', 'What’s it – “better” –')).toEqual([
      expect.stringContaining(
        '34:17 Warning: "better" takes 2 SMS parts in "en" and would take 1: write \' for ’, - for –',
      ),
    ]);
  });

  it('warns of more than six questions and more than ten texts', () => {
    const more = (count: number) =>
      GOOD_FLOW.replace(
        GOODBYE,
        Array.from(
          { length: count },
          (_, at) => `  q${at}:\n    ask: text\n    text: ${TWO}\n`,
        ).join('') + GOODBYE,
      ).replace('next: goodbye', 'next: q0');
    expect(problemsOf(more(4))).toEqual([]);
    expect(problemsOf(more(5))).toEqual([
      '21:3 Warning: By SMS this asks up to 7 questions. 6 is the most that people answer gladly.',
    ]);
    expect(problemsOf(more(6))).toContain(
      '21:3 Warning: By SMS this sends up to 11 texts to each person. 10 is the most it should.',
    );
  });
});
