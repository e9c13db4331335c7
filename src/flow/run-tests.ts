/**
 * Runs a document's own tests: what is typed, and what must come of it. A test that cannot fail is
 * none, so every expectation is compared exactly and each failure says what came instead.
 */
import type { TestDocument } from './document.ts';
import type { Flow } from './flow.ts';
import { beginPlay, type Played, playLine } from './play.ts';
import type { Answers } from './values.ts';

/** In the order of the tests, so that a caller can name each one's line. */
export type FlowTestResult =
  | { readonly kind: 'passed'; readonly name: string }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

/** Any day will do: no expectation is about one. */
const NOW = new Date('2026-11-02T12:00:00Z');

export function runFlowTests(
  flow: Flow,
  tests: readonly TestDocument[],
): readonly FlowTestResult[] {
  return tests.map((test) => {
    const failures = failuresOf(flow, test);
    return failures.length === 0
      ? { kind: 'passed', name: test.name }
      : {
          kind: 'failed',
          name: test.name,
          message: `The test "${test.name}" failed: ${failures.join('; ')}.`,
        };
  });
}

interface Outcome {
  readonly played: Played;
  readonly said: readonly string[];
  readonly answers: Answers;
}

function failuresOf(flow: Flow, test: TestDocument): readonly string[] {
  const outcome = play(flow, test);
  const failures: string[] = [];
  for (const [name, expected] of Object.entries(test.expect)) {
    const failure = compare(outcome, name, expected);
    if (failure !== undefined) failures.push(failure);
  }
  return failures;
}

function play(flow: Flow, test: TestDocument): Outcome {
  const { channel = 'sms', language } = test;
  const context = { now: NOW };
  let played = beginPlay(
    flow,
    language === undefined ? { channel } : { channel, language },
    context,
  );
  const said = [...played.lines];
  let finished: Answers | undefined;
  let consent: boolean | undefined;
  for (const line of test.say) {
    played = playLine(flow, played, line, context);
    said.push(...played.lines);
    for (const fact of played.facts) {
      if (fact.kind === 'finished') finished = fact.answers;
      if (flow.asksConsent && fact.kind === 'joined') consent = true;
      if (flow.asksConsent && fact.kind === 'declined') consent = false;
    }
  }
  const given = finished ?? played.state.answers;
  return { played, said, answers: consent === undefined ? given : { consent, ...given } };
}

type Expected = TestDocument['expect'][string];

function compare(
  { played, said, answers }: Outcome,
  name: string,
  expected: Expected,
): string | undefined {
  switch (name) {
    case 'ended_at':
      return different('it ended at', expected, played.state.endedAt ?? null);
    case 'language':
      return different('the language was', expected, played.state.language);
    case 'said':
      return missing(said, expected);
    case 'not_said':
      return unwanted(said, expected);
    default: {
      const id = name.slice('answers.'.length);
      return different(`${name} was`, expected, answers[id] ?? null);
    }
  }
}

function different(
  what: string,
  expected: Expected,
  actual: Expected | Answers[string],
): string | undefined {
  const wanted = JSON.stringify(expected);
  const came = JSON.stringify(actual);
  return wanted === came ? undefined : `${what} ${came}, not ${wanted}`;
}

function missing(said: readonly string[], expected: Expected): string | undefined {
  const text = each(expected).find((part) => !said.some((line) => line.includes(part)));
  return text === undefined
    ? undefined
    : `nothing said contains ${JSON.stringify(text)}; the last was ${JSON.stringify(said.at(-1) ?? '')}`;
}

function unwanted(said: readonly string[], expected: Expected): string | undefined {
  const text = each(expected).find((part) => said.some((line) => line.includes(part)));
  return text === undefined ? undefined : `${JSON.stringify(text)} was said`;
}

function each(expected: Expected): readonly string[] {
  return (Array.isArray(expected) ? expected : [expected]).map(String);
}
