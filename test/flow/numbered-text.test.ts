import { describe, expect, it } from 'vitest';
import { numberedText } from '../../src/flow/numbered-text.ts';
import type { Prompt } from '../../src/flow/prompt.ts';

const options = [
  { id: 'ramp', label: 'Skate ramp' },
  { id: 'lights', label: 'Path lights' },
  { id: 'goals', label: 'Goals' },
];

function prompt(parts: Partial<Prompt>): Prompt {
  return { text: '', input: { kind: 'none' }, keys: [], language: 'en', ...parts };
}

describe('a prompt as plain text', () => {
  it('numbers the options and says how to answer', () => {
    const text = numberedText(
      prompt({
        text: '1 of 2. What should we build first?',
        input: { kind: 'one', options, layout: 'list' },
        hint: 'Text 1, 2 or 3. You can also text SKIP or BACK.',
      }),
    );
    expect(text).toBe(
      '1 of 2. What should we build first?\n1 Skate ramp\n2 Path lights\n3 Goals\nText 1, 2 or 3. You can also text SKIP or BACK.',
    );
  });

  it('puts the acknowledgement on a line of its own, with the way back behind it', () => {
    const text = numberedText(
      prompt({
        lead: 'Skate ramp, got it.',
        leadHint: '(Not right? Text BACK.)',
        text: '2 of 2. What would make the park better for you? No names please.',
        input: { kind: 'text', maxLength: 600 },
        hint: 'Or text SKIP.',
        hintFollowsOn: true,
      }),
    );
    expect(text).toBe(
      'Skate ramp, got it. (Not right? Text BACK.)\n2 of 2. What would make the park better for you? No names please. Or text SKIP.',
    );
  });

  it('does not list a row: the text or the hint names its options', () => {
    const text = numberedText(
      prompt({
        text: 'Nearly! Did you mean 1 Skate ramp or 2 Path lights?',
        input: { kind: 'one', options: options.slice(0, 2), layout: 'row' },
        hint: 'Text 1 or 2.',
        hintFollowsOn: true,
      }),
    );
    expect(text).toBe('Nearly! Did you mean 1 Skate ramp or 2 Path lights? Text 1 or 2.');
  });

  it('says a hint alone as it stands', () => {
    expect(numberedText(prompt({ hint: 'GO to start.' }))).toBe('GO to start.');
    expect(numberedText(prompt({ lead: 'Sorry.', leadHint: 'Text BACK.' }))).toBe(
      'Sorry. Text BACK.',
    );
  });

  it('lists several choices by number', () => {
    const input = { kind: 'many', options, max: 2, ordered: false } as const;
    expect(numberedText(prompt({ text: 'Which?', input }))).toBe(
      'Which?\n1 Skate ramp\n2 Path lights\n3 Goals',
    );
  });
});
