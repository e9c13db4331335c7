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

  test('of an older program is brought up to date, step by step', () => {
    const old = {
      schema: 0,
      channel: 'sms',
      lang: 'pl',
      at: null,
      past: [],
      answers: {},
      misses: 0,
      turns: 0,
    };
    const read = readState(JSON.stringify(old), {
      0: ({ lang, at, past, ...rest }) => ({
        ...rest,
        language: lang,
        phase: 'introduced',
        step: at,
        path: past,
      }),
    });
    expect(read).toEqual({ kind: 'state', state });
  });

  test('of an older program that nobody can bring up to date is unreadable', () => {
    expect(readState('{"schema":0}')).toEqual({ kind: 'unreadable' });
    expect(readState('{"schema":0}', { 0: (stored) => stored })).toEqual({ kind: 'unreadable' });
  });

  test('of a newer program is refused, not guessed at', () => {
    expect(readState(JSON.stringify({ ...state, schema: 2 }))).toEqual({
      kind: 'newer',
      schema: 2,
    });
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{}',
    '{"schema":"1"}',
    '{"schema":1}',
    '{"schema":1.5}',
    '{"schema":-1}',
  ])('%j is unreadable and throws nothing', (text) =>
    expect(readState(text).kind).toMatch(/unreadable|newer/),
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
