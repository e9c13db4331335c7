/** What a program sends to somebody, for tests of what carries it. */
import type { Receipt } from '../../src/channel.ts';
import type { Prompt, PromptInput } from '../../src/flow/prompt.ts';

export function statement(text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language: 'en' };
}

export function asking(input: PromptInput, more: Partial<Prompt> = {}): Prompt {
  return {
    text: 'What should we build first?',
    input,
    keys: [
      { command: 'skip', label: 'Skip' },
      { command: 'stop', label: 'Stop' },
    ],
    target: { step: 'first', revision: 3 },
    language: 'en',
    ...more,
  };
}

export function reply(...prompts: readonly Prompt[]): Receipt {
  return { kind: 'reply', prompts, handedOver: () => undefined, notHandedOver: () => undefined };
}
