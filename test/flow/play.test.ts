import { describe, expect, test } from 'vitest';
import { beginPlay, factInWords, playLine } from '../../src/flow/play.ts';
import { runFlowTests } from '../../src/flow/run-tests.ts';
import { flowFrom, PARK } from './support/park.ts';
import { NOW } from './support/talk.ts';

const park = flowFrom(PARK);

test('a flow is played line by line to its end', () => {
  let played = beginPlay(park, { channel: 'sms' }, { now: NOW });
  expect(played.lines).toHaveLength(2);
  const facts = [...played.facts];
  for (const line of ['go', '3', 'Benches', 'anyone there?']) {
    played = playLine(park, played, line, { now: NOW });
    facts.push(...played.facts);
  }
  expect(played).toMatchObject({ ended: true, lines: [] });
  expect(facts.map(factInWords).filter(Boolean)).toEqual([
    'Kept: first: "goals", better: "Benches"',
  ]);
});

describe('a document’s own tests', () => {
  const run = (
    expected: Record<string, string | number | boolean | null | string[]>,
    say: string[],
  ) => runFlowTests(park, [{ name: 'it', say, expect: expected }])[0];

  test('pass', () => {
    const expected = {
      'answers.first': 'goals',
      'answers.better': null,
      ended_at: 'goodbye',
      language: 'en',
      said: ['Goals, got it', '28 Jan'],
      not_said: 'Sorry',
    };
    expect(run(expected, ['go', '3', 'skip'])).toEqual({ kind: 'passed', name: 'it' });
    expect(run({ ended_at: null, 'answers.first': 'ramp' }, ['go', '1'])).toMatchObject({
      kind: 'passed',
    });
  });

  test.each([
    ['answers.first', 'ramp', 'answers.first was "goals", not "ramp"'],
    ['answers.better', 'x', 'answers.better was null, not "x"'],
    ['ended_at', 'first', 'it ended at "goodbye", not "first"'],
    ['language', 'pl', 'the language was "en", not "pl"'],
    ['said', 'Path lights, got it', 'nothing said contains "Path lights, got it"'],
    ['not_said', 'Goals, got it', '"Goals, got it" was said'],
  ])('fail on %s and say what came instead', (name, value, message) => {
    const result = run({ [name]: value }, ['go', '3', 'skip']);
    expect(result?.kind).toBe('failed');
    expect(result?.kind === 'failed' && result.message).toContain(message);
  });
});
