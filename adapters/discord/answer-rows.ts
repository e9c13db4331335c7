/**
 * What a question is answered with: buttons for a few options, lists for more, a form for words and
 * numbers. Every part carries the question and the revision that it was offered with.
 */
import type { Prompt, PromptOption } from '../../src/flow/prompt.ts';
import { customId, type Target } from './custom-id.ts';
import type { Say } from './discord-options.ts';
import {
  button,
  chunks,
  LONGEST_OPTION,
  MOST_IN_LIST,
  type Row,
  rowOf,
  rowsOfButtons,
  type SelectOption,
  shortened,
} from './rows.ts';

/** A list to open is easier than a column of buttons; a scale is one row to look along. */
const MOST_BUTTONS = { list: 5, row: 15 } as const;
/** One row stays free for the small commands. */
const MOST_LISTS = 4;
const LONGEST_FORM = 4_000;
const LONGEST_NUMBER = 20;
/** For a name out of a list that is too long to show. */
const LONGEST_NAME = 200;

export function answerRows({ input, target, language }: Prompt, say: Say): readonly Row[] {
  if (target === undefined) return [];
  switch (input.kind) {
    case 'none':
      return [];
    case 'text':
      return writeRow(target, 'text', Math.min(input.maxLength, LONGEST_FORM), language, say);
    case 'number':
      return writeRow(target, 'number', LONGEST_NUMBER, language, say);
    case 'one':
      if (input.options.length <= MOST_BUTTONS[input.layout])
        return optionButtons(input.options, target);
      if (tooMany(input.options)) return writeRow(target, 'text', LONGEST_NAME, language, say);
      return lists(input.options, say('discord_choose', language), target);
    case 'many':
      if (tooMany(input.options)) return writeRow(target, 'text', LONGEST_NAME, language, say);
      return input.ordered
        ? rankRows(
            input.options.map(toSelectOption),
            { ...target, language, max: input.max, picked: [] },
            say,
          )
        : manyRows(input.options, input.max, target, language, say);
  }
}

/** Whether the options cannot all be shown below the text, and are typed. */
export function tooMany(options: readonly PromptOption[]): boolean {
  return options.length > MOST_LISTS * MOST_IN_LIST;
}

function writeRow(
  target: Target,
  form: 'text' | 'number',
  longest: number,
  language: string,
  say: Say,
): readonly Row[] {
  const id = customId({ kind: 'write', ...target, form, longest });
  return rowsOfButtons([button(say('discord_write', language), id, 1)]);
}

function optionButtons(options: readonly PromptOption[], target: Target): readonly Row[] {
  return rowsOfButtons(
    options.map(({ id, label }) =>
      button(label, customId({ kind: 'option', ...target, option: id }), 1),
    ),
  );
}

function toSelectOption({ id, label }: PromptOption): SelectOption {
  return { label: shortened(label, LONGEST_OPTION), value: id };
}

/** In whichever list the one is chosen, it is the answer. */
function lists(
  options: readonly PromptOption[],
  placeholder: string,
  target: Target,
): readonly Row[] {
  return chunks(options.map(toSelectOption), MOST_IN_LIST).map((page, at) =>
    rowOf({
      type: 3,
      custom_id: customId({ kind: 'list', ...target, page: at }),
      placeholder: shortened(placeholder, 150),
      min_values: 1,
      max_values: 1,
      options: page,
    }),
  );
}

function manyRows(
  options: readonly PromptOption[],
  max: number,
  target: Target,
  language: string,
  say: Say,
): readonly Row[] {
  const placeholder = say('discord_choose_many', language, { max: String(max) });
  const pages = chunks(options.map(toSelectOption), MOST_IN_LIST);
  const alone = pages.length === 1;
  const rows = pages.map((page, at) =>
    rowOf({
      type: 3,
      custom_id: customId(
        alone ? { kind: 'list', ...target, page: 0 } : { kind: 'page', ...target, page: at },
      ),
      placeholder: shortened(placeholder, 150),
      min_values: alone ? 1 : 0,
      max_values: Math.min(max, page.length),
      options: page,
    }),
  );
  const done = button(say('discord_done', language), customId({ kind: 'done', ...target }), 1);
  return alone ? rows : [...rows, ...rowsOfButtons([done])];
}

export interface Ranking extends Target {
  readonly language: string;
  readonly max: number;
  /** Positions in the options, the first place first. */
  readonly picked: readonly number[];
}

/** One list (or a few) in which places are given one after the other; choosing again takes back. */
export function rankRows(
  options: readonly SelectOption[],
  ranking: Ranking,
  say: Say,
): readonly Row[] {
  const { language, max, picked } = ranking;
  const place = { n: String(picked.length + 1), max: String(max) };
  const placeholder = shortened(say('discord_choose_rank', language, place), 150);
  const shown = options.map(({ label, value }, at): SelectOption => {
    const given = picked.indexOf(at) + 1;
    return given === 0
      ? { label, value }
      : { label, value, description: say('discord_ranked', language, { n: String(given) }) };
  });
  return chunks(shown, MOST_IN_LIST).map((page, at) =>
    rowOf({
      type: 3,
      custom_id: customId({ kind: 'rank', ...ranking, page: at }),
      placeholder,
      min_values: 1,
      max_values: 1,
      options: page,
    }),
  );
}
