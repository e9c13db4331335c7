/** Whatever comes in, in whatever order: nothing throws, it ends or waits, and no answer is lost. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFlow } from '../../src/flow/compile.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { loadFlow } from '../../src/flow/load.ts';
import { numberedText } from '../../src/flow/numbered-text.ts';
import { serialiseState } from '../../src/flow/state-text.ts';
import type { TurnEvent } from '../../src/flow/turn.ts';
import type { AnswerValue } from '../../src/flow/values.ts';
import { installation, words } from '../support/checked-flow.ts';
import { type AnyEvent, anyEvent } from './support/any-event.ts';
import { anyFlow } from './support/any-flow.ts';
import { type Talk, talk } from './support/talk.ts';

const SEED = 20261102;
const channel = fc.constantFrom('sms' as const, 'web' as const, 'discord' as const);
const language = fc.constantFrom('en', 'en-easy', 'pl', 'ur', 'cy', 'xx');
const events = fc.array(anyEvent, { maxLength: 40 });

/** The answers that stand: given on the way, and neither gone back on nor skipped since. */
function keepAccount(t: Talk, before: readonly string[], account: Map<string, AnswerValue>): void {
  const { path, answers } = t.state();
  if (t.state().phase === 'ended') return;
  if (path.length < before.length) account.delete(before.at(-1) ?? '');
  for (const fact of t.last().facts) {
    if (fact.kind === 'skipped') account.delete(fact.step);
    const answer = fact.kind === 'answered' ? answers[fact.step] : undefined;
    if (fact.kind !== 'answered' || fact.step === 'consent') continue;
    expect(answer).toBeDefined();
    if (answer !== undefined && path.includes(fact.step)) account.set(fact.step, answer);
  }
}

function eventFor(flow: Flow, t: Talk, event: AnyEvent): TurnEvent {
  if (event.kind === 'timer') return { kind: event.which, revision: t.revision() - event.off };
  if (event.kind !== 'tap') return event;
  const step = t.state().step ?? 'introduction';
  const question = flow.steps.get(step);
  const ids = question?.type === 'question' ? question.options.map((option) => option.id) : ['go'];
  const options = event.pick.map((at) => ids[at] ?? 'none');
  return { kind: 'choice', step, revision: t.revision() - event.off, options };
}

function play(
  flow: Flow,
  beginning: { channel: 'sms' | 'web' | 'discord'; language: string },
  all: readonly AnyEvent[],
): void {
  const t = talk(flow, beginning);
  const account = new Map<string, AnswerValue>();
  for (const event of all) {
    const before = t.state();
    t.send(eventFor(flow, t, event));
    const { state, facts, say, wake } = t.last();
    const finished = facts.find((fact) => fact.kind === 'finished');
    if (state.phase === 'ended') {
      expect(state).toMatchObject({ answers: {}, path: [] });
      expect(wake).toBeUndefined();
      if (before.phase !== 'ended' && finished !== undefined)
        lastAnswer(account, facts, finished.answers);
      if (finished !== undefined) expect(finished.answers).toEqual(Object.fromEntries(account));
    } else {
      expect(finished).toBeUndefined();
      expect(wake).toBeDefined();
      keepAccount(t, before.path, account);
      const { consent: _, ...standing } = t.state().answers;
      expect(standing).toEqual(Object.fromEntries(account));
      if (state.phase === 'asking') expect(flow.steps.get(state.step ?? '')?.type).toBe('question');
      expect(
        Object.keys(state.answers)
          .filter((id) => id !== 'consent')
          .every((id) => state.path.includes(id)),
      ).toBe(true);
    }
    expect(serialiseState(state).length).toBeLessThan(
      300 + 45 * state.turns + 120 * Object.keys(state.answers).length,
    );
    for (const prompt of say) {
      expect(numberedText(prompt)).not.toMatch(/undefined|\[object|NaN|\{[a-z_]+\}/);
      expect(prompt.language).toBe(state.language);
    }
  }
}

/** The very turn that ended it may have answered or skipped one more. */
function lastAnswer(
  account: Map<string, AnswerValue>,
  facts: Talk['facts'] extends () => infer F ? F : never,
  kept: Readonly<Record<string, AnswerValue>>,
): void {
  for (const fact of facts) {
    if (fact.kind === 'skipped') account.delete(fact.step);
    const answer = fact.kind === 'answered' ? kept[fact.step] : undefined;
    if (fact.kind === 'answered' && fact.step !== 'consent') {
      expect(answer).toBeDefined();
      if (answer !== undefined) account.set(fact.step, answer);
    }
  }
}

test('over flows of any shape', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(anyFlow, channel, language, events, (flow, on, speaks, all) => {
      play(flow, { channel: on, language: speaks }, all);
    }),
    { seed: SEED, numRuns: 1_500 },
  );
});

const shipped = readdirSync('flows').filter((name) => name.endsWith('.flow.yaml'));

describe('over the flows that come with it', () => {
  test.each(shipped)('%s', { timeout: 120_000 }, (file) => {
    const loaded = loadFlow(readFileSync(`flows/${file}`, 'utf8'), { file });
    if (loaded.kind === 'refused') throw new Error(loaded.problems[0]?.message);
    const flow = compileFlow(loaded.document, { words, installation });
    fc.assert(
      fc.property(channel, language, events, (on, speaks, all) =>
        play(flow, { channel: on, language: speaks }, all),
      ),
      { seed: SEED, numRuns: 300 },
    );
  });
});

test('whoever only ever misunderstands still reaches an end', () => {
  fc.assert(
    fc.property(anyFlow, fc.constantFrom('blah', '', '1 or 2', 'not 1'), (flow, noise) => {
      const t = talk(flow);
      t.say('go');
      for (let at = 0; at < 600 && t.state().phase !== 'ended'; at++) t.say(noise);
      expect(t.state().phase).toBe('ended');
    }),
    { seed: SEED, numRuns: 100 },
  );
});
