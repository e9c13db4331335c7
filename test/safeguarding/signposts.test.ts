import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/safeguarding/finding.ts';
import { answerTo, signpostSentences } from '../../src/safeguarding/signposts.ts';

const amber: Finding = { level: 'amber', kind: 'bullying' };
const red: Finding = { level: 'red', kind: 'suicide' };

/** What each message of a day is answered with. */
function answers(findings: readonly Finding[], day = '2026-11-02') {
  let given: ReturnType<typeof answerTo>['given'] | undefined;
  return findings.map((finding) => {
    const answer = answerTo(finding, day, given);
    given = answer.given;
    return answer.kind;
  });
}

test('each mode has its own second sentence, and only the sealed one speaks of the lead', () => {
  expect(signpostSentences('sealed')).toEqual(['disclosure', 'disclosure_sealed']);
  expect(signpostSentences('opt_in')).toEqual(['disclosure', 'disclosure_opt_in']);
  expect(signpostSentences('signposts')).toEqual(['disclosure', 'disclosure_signposts']);
});

test('the full answer comes once, once more the same day, and then the short one', () => {
  expect(answers([amber, amber, amber, amber])).toEqual(['full', 'full', 'brief', 'brief']);
});

test('a life at risk is answered in full however often anything was said before', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(amber, red), { maxLength: 12 }), (before) => {
      expect(answers([...before, red]).at(-1)).toBe('full');
    }),
    { seed: 8 },
  );
});

test('a new day begins anew', () => {
  const yesterday = answerTo(amber, '2026-11-02', {
    day: '2026-11-02',
    times: 9,
    worst: 'amber',
  }).given;
  expect(answerTo(amber, '2026-11-03', yesterday)).toEqual({
    kind: 'full',
    given: { day: '2026-11-03', times: 1, worst: 'amber' },
  });
});
