import { describe, expect, test } from 'vitest';
import { beginConversation, languageFor } from '../../src/flow/state-begin.ts';
import { readState, serialiseState } from '../../src/flow/state-text.ts';
import { flowFrom, PARK } from './support/park.ts';

const park = flowFrom(PARK);
const state = beginConversation(park, { channel: 'sms', language: 'pl' });

describe('a stored state', () => {
  test('is read as it was written', () => {
    expect(readState(serialiseState(state))).toEqual({ kind: 'state', state });
  });

  test('with all that most states have nothing of', () => {
    const full = {
      ...state,
      phase: 'asking' as const,
      step: 'first',
      path: ['a'],
      answers: { a: ['x', 'y'] },
      nearly: ['ramp'],
      nearlyTogether: true,
      ending: 'goodbye',
      endedAt: 'goodbye',
      paused: true,
      reminded: true,
    };
    expect(readState(serialiseState(full))).toEqual({ kind: 'state', state: full });
  });

  test('of an older program is brought up to date, step by step', () => {
    const old = JSON.stringify([0, 'pl', 'sms']);
    const read = readState(old, {
      0: ([, language, channel]) => [0, channel, language, 'introduced', null, 0, 0, [], {}],
    });
    expect(read).toEqual({ kind: 'state', state });
  });

  test('of an older program that nobody can bring up to date is unreadable', () => {
    expect(readState('[0]')).toEqual({ kind: 'unreadable' });
    expect(readState('[0]', { 0: (stored) => stored })).toEqual({ kind: 'unreadable' });
  });

  test('of a newer program is refused, not guessed at', () => {
    expect(readState(serialiseState(state).replace('[1', '[2'))).toEqual({
      kind: 'newer',
      schema: 2,
    });
  });

  test.each([
    '',
    '[',
    'null',
    '[]',
    '"x"',
    '{}',
    '{"schema":1}',
    '["1"]',
    '[1]',
    '[1,2,3]',
    '[-1]',
    '[0.5]',
    '[1,"sms","en","asking",null,0,0,{},{}]',
  ])('%j is unreadable and throws nothing', (text) =>
    expect(readState(text)).toEqual({ kind: 'unreadable' }),
  );
});

describe('the language of a conversation', () => {
  test.each([
    ['pl', 'pl'],
    ['en-GB', 'en'],
    ['pl-PL', 'pl'],
    ['fr', 'en'],
    [undefined, 'en'],
  ])('%s becomes %s', (wanted, language) => expect(languageFor(park, wanted)).toBe(language));
});
