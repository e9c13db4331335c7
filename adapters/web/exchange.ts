/**
 * Prompts as a page shows them: bubbles, and below them the form that the last one waits for. Hints
 * about typing are left out, because here there are buttons and fields.
 */
import { createHash } from 'node:crypto';
import type { Command, Prompt, PromptOption } from '../../src/flow/prompt.ts';
import { linkOwnAddresses, type Piece } from './own-links.ts';

export interface Exchange {
  /** The same for the same prompts: how a page knows that it already shows them. */
  readonly mark: string;
  readonly messages: readonly Message[];
  readonly answer: Answer;
  readonly target?: { readonly step: string; readonly revision: number };
  readonly keys: readonly { readonly command: Command; readonly label: string }[];
  /** The language that was spoken last. */
  readonly language: string;
}

export interface Message {
  readonly language: string;
  readonly lead?: readonly Piece[];
  readonly text: readonly Piece[];
  /** The options of an earlier question in the same reply, to be read and not tapped. */
  readonly options: readonly string[];
  /** What the form below answers. */
  readonly isQuestion: boolean;
}

export type Answer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'buttons';
      readonly options: readonly Option[];
      readonly layout: 'list' | 'row' | 'faces' | 'single';
      readonly ends?: { readonly low: string; readonly high: string };
    }
  | { readonly kind: 'select'; readonly options: readonly Option[] }
  | { readonly kind: 'checkboxes'; readonly options: readonly Option[]; readonly max: number }
  | {
      readonly kind: 'rank';
      readonly options: readonly Option[];
      readonly places: readonly number[];
    }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'text'; readonly maxLength: number };

export interface Option {
  readonly id: string;
  readonly label: string;
  /** A picture that the label begins with; the words stand beside it. */
  readonly emoji?: string;
  readonly words: string;
}

/** Nothing is said where what was said last is not kept any more. */
interface Said {
  readonly prompts: readonly Prompt[];
  readonly language: string;
}

/** Above this a list to open is easier than a wall of buttons. */
const MOST_BUTTONS = 14;

export function toExchange(current: Said, publicUrl: string): Exchange {
  const { prompts } = current;
  const asking = prompts.findLast((prompt) => prompt.input.kind !== 'none');
  const keys = prompts.findLast((prompt) => prompt.keys.length > 0)?.keys ?? [];
  return {
    mark: markOf(prompts),
    messages: prompts.map((prompt) => ({
      language: prompt.language,
      ...(prompt.lead === undefined ? {} : { lead: linkOwnAddresses(prompt.lead, publicUrl) }),
      text: linkOwnAddresses(prompt.text, publicUrl),
      options:
        prompt === asking || !('options' in prompt.input)
          ? []
          : prompt.input.options.map(({ label }) => label),
      isQuestion: prompt === asking,
    })),
    answer: asking === undefined ? { kind: 'none' } : toAnswer(asking),
    ...(asking?.target === undefined ? {} : { target: asking.target }),
    // Languages have buttons of their own at the top of the page.
    keys: keys.filter((key) => key.command !== 'language'),
    language: prompts.at(-1)?.language ?? current.language,
  };
}

/** From the values alone: prompts that were stored come back with their keys in another order. */
function markOf(prompts: readonly Prompt[]): string {
  const values = prompts.map(({ language, lead, text, input, target }) => [
    language,
    lead ?? null,
    text,
    input.kind,
    'options' in input ? input.options.map(({ id, label }) => [id, label]) : null,
    target?.step ?? null,
    target?.revision ?? null,
  ]);
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 12);
}

function toAnswer({ input }: Prompt): Answer {
  switch (input.kind) {
    case 'none':
      return { kind: 'none' };
    case 'one': {
      const options = input.options.map(toOption);
      if (options.length > MOST_BUTTONS) return { kind: 'select', options };
      const ends = input.ends === undefined ? {} : { ends: input.ends };
      return { kind: 'buttons', options, layout: layoutOf(options, input.layout), ...ends };
    }
    case 'many': {
      const options = input.options.map(toOption);
      if (!input.ordered) return { kind: 'checkboxes', options, max: input.max };
      const places = Math.min(input.max, options.length);
      return { kind: 'rank', options, places: Array.from({ length: places }, (_, i) => i + 1) };
    }
    case 'number':
    case 'text':
      return input;
  }
}

function layoutOf(options: readonly Option[], layout: 'list' | 'row') {
  if (options.length === 1) return 'single';
  if (layout === 'list') return 'list';
  return options.every((option) => option.emoji !== undefined) ? 'faces' : 'row';
}

function toOption({ id, label }: PromptOption): Option {
  const [, emoji, words] = /^(\p{RGI_Emoji})\s*(.*)$/v.exec(label) ?? [];
  return emoji === undefined || words === undefined
    ? { id, label, words: label }
    : { id, label, emoji, words };
}
