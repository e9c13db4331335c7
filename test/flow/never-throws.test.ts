import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checked } from '../support/checked-flow.ts';
import { GOOD_FLOW } from './good-flow.ts';

const RUNS = { seed: 7, numRuns: 300 };

function answers(text: string): void {
  const { kind, problems } = checked(text);
  const errors = problems.filter((problem) => problem.severity === 'error');
  expect(kind).toBe(errors.length === 0 ? 'sound' : 'unsound');
  for (const { line, column, message } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(message).toMatch(/\S/);
    expect(message).not.toMatch(
      /undefined|\[object|Invalid|Expected|Unrecognized|Too big|Too small/,
    );
  }
}

describe('whatever a file holds, it is answered with problems and never with a crash', () => {
  it('when pieces of a good flow are cut, doubled or overwritten', () => {
    const piece = fc.tuple(
      fc.nat(GOOD_FLOW.length),
      fc.nat(40),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        answers(
          pieces.reduce(
            (text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length),
            GOOD_FLOW,
          ),
        );
      }),
      RUNS,
    );
  });

  it('when lines of a good flow change places', () => {
    const lines = GOOD_FLOW.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length), fc.nat(lines.length), (from, to) => {
        const moved = [...lines];
        moved.splice(to, 0, ...moved.splice(from, 1));
        answers(moved.join('\n'));
      }),
      RUNS,
    );
  });

  it('when words of the language stand where they should not', () => {
    const words = [...new Set(GOOD_FLOW.match(/[a-z_]{3,}/g))];
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.constantFrom(...words, '', 'null', '[]', '{}', '-1', '"', 'toString'),
        (from, to) => {
          answers(GOOD_FLOW.replace(new RegExp(`\\b${from}\\b`), to));
        },
      ),
      RUNS,
    );
  });

  it('when it holds anything at all', () => {
    const key = fc.constantFrom(
      'flow',
      'steps',
      'start',
      'ask',
      'say',
      'next',
      'options',
      'tests',
      'a',
      'languages',
    );
    const anything = fc.object({
      key,
      maxDepth: 4,
      values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)],
    });
    fc.assert(
      fc.property(anything, (value) => answers(stringify(value))),
      RUNS,
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), answers), RUNS);
  });
});
