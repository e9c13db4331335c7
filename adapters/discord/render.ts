/**
 * Prompts as Discord messages: the words, and below the last of them what it is answered with. Hints
 * about typing are left out, because here there are buttons, lists and forms.
 */
import type { Prompt } from '../../src/flow/prompt.ts';
import { splitMessage } from '../split-message.ts';
import { answerRows, tooMany } from './answer-rows.ts';
import { customId } from './custom-id.ts';
import type { Say } from './discord-options.ts';
import { plainWords } from './plain-words.ts';
import {
  button,
  LONGEST_BUTTON,
  LONGEST_OPTION,
  MOST_IN_ROW,
  MOST_ROWS,
  type Row,
  rowsOfButtons,
} from './rows.ts';

export interface DiscordMessage {
  readonly content: string;
  readonly components: readonly Row[];
}

/** What an ordinary bot may write in one message. */
const LONGEST_CONTENT = 2_000;

export function toMessages(prompts: readonly Prompt[], say: Say): readonly DiscordMessage[] {
  const asking = prompts.findLast((prompt) => prompt.input.kind !== 'none');
  const content = prompts
    .map((prompt) => wordsOf(prompt, prompt === asking))
    .filter((words) => words !== '')
    .join('\n\n');
  const answer = asking === undefined ? [] : answerRows(asking, say);
  const rows = [...answer, ...keyRows(prompts, asking, MOST_ROWS - answer.length)];
  return asMessages(content, rows);
}

/** Content that may be too long for one message; the rows stand below the last. */
export function asMessages(content: string, rows: readonly Row[]): readonly DiscordMessage[] {
  const pieces = splitMessage(content, LONGEST_CONTENT);
  return pieces.map((piece, at) => ({
    content: piece,
    components: at === pieces.length - 1 ? rows : [],
  }));
}

const SUPPRESS_EMBEDS = 4;
const EPHEMERAL = 64;

/** As Discord takes it: nobody is called by name, and no page is looked up for a preview. */
export function payloadOf(
  { content, components }: DiscordMessage,
  { ephemeral = false }: { readonly ephemeral?: boolean } = {},
) {
  return {
    content,
    components,
    allowed_mentions: { parse: [] },
    flags: SUPPRESS_EMBEDS | (ephemeral ? EPHEMERAL : 0),
  };
}

function wordsOf({ lead, text, input }: Prompt, isAsked: boolean): string {
  const options = 'options' in input ? input.options.map(({ label }) => label) : [];
  const scale = input.kind === 'one' && input.ends !== undefined ? endsOf(options, input.ends) : [];
  const isList = 'options' in input && tooMany(input.options);
  const longest = options.length > 5 || input.kind === 'many' ? LONGEST_OPTION : LONGEST_BUTTON;
  const tooLong = options.some((label) => label.length > longest);
  const listed = isAsked ? tooLong && !isList : options.length > 0;
  return [
    ...(lead === undefined ? [] : [plainWords(lead)]),
    ...(text === '' ? [] : [plainWords(text)]),
    ...scale,
    ...(listed ? options.map((label) => `• ${plainWords(label)}`) : []),
  ].join('\n');
}

/** What the first and the last place of a scale mean. */
function endsOf(
  labels: readonly string[],
  { low, high }: { readonly low: string; readonly high: string },
): readonly string[] {
  const [first = ''] = labels;
  const last = labels.at(-1) ?? '';
  return [`${plainWords(first)} = ${plainWords(low)}, ${plainWords(last)} = ${plainWords(high)}`];
}

/** Languages have a command of their own; what finds no room can be typed, or is a command too. */
function keyRows(
  prompts: readonly Prompt[],
  asking: Prompt | undefined,
  room: number,
): readonly Row[] {
  const offering = prompts.findLast((prompt) => prompt.keys.length > 0);
  const target = (asking ?? offering)?.target;
  const buttons = (offering?.keys ?? [])
    .filter(({ command }) => command !== 'language')
    .slice(0, Math.max(room, 0) * MOST_IN_ROW)
    .map(({ command, label }) =>
      button(label, customId({ kind: 'key', command, ...(target ? { target } : {}) })),
    );
  return rowsOfButtons(buttons);
}
