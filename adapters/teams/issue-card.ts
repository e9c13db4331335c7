/**
 * The cards of issues that a chat raises with officers. Everyone in the chat sees them, and the one
 * that asks for the issue says so before anything is posted.
 */

import type { Prompt } from '../../src/flow/prompt.ts';
import type { IssueCard } from '../../src/shared-chat.ts';
import {
  apart,
  buttons,
  type Card,
  cardOf,
  type Element,
  isRightToLeft,
  words,
} from './card-json.ts';
import type { Say } from './teams-options.ts';

/** `note` is for whoever backed it, alone. */
export function issueCard(issue: IssueCard, note: readonly Element[] = []): Card {
  const { id, language, text, back } = issue;
  const backing =
    back === undefined
      ? []
      : buttons([{ label: back, data: { do: 'back', issue: id, language } }], 'nothing');
  const lines = isRightToLeft(language) ? text.split('\n').map(leftToRight) : text.split('\n');
  const [issueItself = '', ...rest] = lines;
  return cardOf([...words(issueItself, 'strong'), ...words(rest.join('\n')), ...backing, ...note], {
    language,
    fallbackText: text,
  });
}

/** People write in another language than their Teams speaks: its full stop stays at its end. */
function leftToRight(line: string): string {
  return line.trim() === '' || /[\u0590-\u08ff]/.test(line) ? line : `\u2066${line}\u2069`;
}

/**
 * What was typed is put before them once more: it is posted by the button and by nothing else. Above
 * it stands what was said to whoever tried before.
 */
export function raiseCard(
  typed: string,
  language: string,
  say: Say,
  asides: readonly Prompt[],
): Card {
  const warning = say('teams_raise', language);
  return cardOf(
    [
      ...(asides.length === 0 ? [] : [apart(asides.flatMap(({ text }) => words(text)))]),
      ...words(warning),
      {
        type: 'Input.Text',
        id: 'issue',
        label: say('teams_raise_field', language),
        isMultiline: true,
        maxLength: LONGEST_ISSUE,
        ...(typed === '' ? {} : { value: typed.slice(0, LONGEST_ISSUE) }),
      },
      ...buttons(
        [
          {
            label: say('teams_raise_post', language),
            data: { do: 'raise', language },
            takesInputs: true,
            isMain: true,
          },
        ],
        'nothing',
      ),
    ],
    { language, fallbackText: warning },
  );
}

/** As much as officers will read; the chat of a group is no place for more. */
const LONGEST_ISSUE = 1_000;
