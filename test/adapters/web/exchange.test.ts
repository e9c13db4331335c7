import { describe, expect, test } from 'vitest';
import { toExchange } from '../../../adapters/web/exchange.ts';
import { linkOwnAddresses } from '../../../adapters/web/own-links.ts';
import type { Prompt, PromptInput } from '../../../src/flow/prompt.ts';

const URL_OF_BURY = 'https://heard.bury.example';

function prompt(input: PromptInput, more: Partial<Prompt> = {}): Prompt {
  return { text: 'What?', input, keys: [], language: 'en', ...more };
}

function exchange(...prompts: readonly Prompt[]) {
  return toExchange({ prompts, language: 'en' }, URL_OF_BURY);
}

const options = (...labels: readonly string[]) => labels.map((label) => ({ id: label, label }));

describe('the mark', () => {
  test('is the same for the same prompts, stored and read back in any order of keys', () => {
    const asked = prompt(
      { kind: 'one', layout: 'list', options: options('a', 'b') },
      { target: { step: 'x', revision: 1 } },
    );
    const { text, ...rest } = asked;
    const readBack = { ...rest, text };
    expect(JSON.stringify(readBack)).not.toBe(JSON.stringify(asked));
    expect(exchange(readBack).mark).toBe(exchange(asked).mark);
  });

  test('changes with the revision: the same question asked again is another exchange', () => {
    const ask = (revision: number) =>
      exchange(prompt({ kind: 'number' }, { target: { step: 'x', revision } })).mark;
    expect(ask(1)).not.toBe(ask(2));
  });
});

describe('an answer', () => {
  test('is to the last prompt that asks', () => {
    const { answer, messages } = exchange(
      prompt({ kind: 'number' }),
      prompt({ kind: 'text', maxLength: 9 }),
      prompt({ kind: 'none' }),
    );
    expect(answer).toEqual({ kind: 'text', maxLength: 9 });
    expect(messages.map(({ isQuestion }) => isQuestion)).toEqual([false, true, false]);
  });

  test('by faces shows each picture beside its words', () => {
    const { answer } = exchange(
      prompt({ kind: 'one', layout: 'row', options: options('😢 very sad', '😀 very happy') }),
    );
    expect(answer).toMatchObject({
      layout: 'faces',
      options: [
        { emoji: '😢', words: 'very sad' },
        { emoji: '😀', words: 'very happy' },
      ],
    });
  });

  test('with very many options is a list to open', () => {
    const many = options(...Array.from({ length: 40 }, (_, i) => `Ward ${i}`));
    expect(exchange(prompt({ kind: 'one', layout: 'list', options: many })).answer.kind).toBe(
      'select',
    );
  });

  test('a ranking never has more places than options', () => {
    const { answer } = exchange(
      prompt({ kind: 'many', ordered: true, max: 5, options: options('a', 'b') }),
    );
    expect(answer).toMatchObject({ kind: 'rank', places: [1, 2] });
  });
});

test('nothing said any more still has a language', () => {
  expect(toExchange({ prompts: [], language: 'ur' }, URL_OF_BURY)).toMatchObject({
    language: 'ur',
    answer: { kind: 'none' },
  });
});

describe('addresses in a text', () => {
  test('become links when they are our own, however they are written', () => {
    for (const shown of [
      'heard.bury.example/said-and-done',
      'https://heard.bury.example/said-and-done',
    ]) {
      expect(linkOwnAddresses(`Look at ${shown}. Bye`, URL_OF_BURY)).toEqual([
        { text: 'Look at ' },
        { text: shown, href: 'https://heard.bury.example/said-and-done' },
        { text: '. Bye' },
      ]);
    }
  });

  test('stay words when they are anybody else’s', () => {
    for (const text of [
      'evil.example/heard.bury.example',
      'heard.bury.example.evil.example/x',
      'me@heard.bury.example',
      'xheard.bury.example',
      'javascript:alert(1)',
    ]) {
      expect(linkOwnAddresses(text, URL_OF_BURY)).toEqual([{ text }]);
    }
  });
});
