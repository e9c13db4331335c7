/**
 * Prompts as Teams shows them: statements as a text, questions as one card with buttons, lists and
 * fields. Hints about typing are left out where there are buttons, and stand in the text for a Teams
 * that shows no cards.
 */
import { numberedText } from '../../src/flow/numbered-text.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import { cleanText } from '../../src/platform/clean-text.ts';
import { answerElements, type Carried } from './answer-elements.ts';
import {
  besides,
  buttons,
  cardMessage,
  cardOf,
  type Element,
  inOne,
  type OutgoingActivity,
  words,
} from './card-json.ts';
import type { Say } from './teams-options.ts';

export interface PromptWords {
  readonly say: Say;
  readonly organisation: string;
}

/** One activity, so that it is sent or not sent as a whole. */
export function promptActivity(prompts: readonly Prompt[], context: PromptWords): OutgoingActivity {
  const typed = typedText(prompts);
  const language = prompts.at(-1)?.language ?? 'en';
  const plain: OutgoingActivity = {
    type: 'message',
    text: cut(typed, LONGEST_TEXT),
    textFormat: 'plain',
    locale: language.replace(/-easy$/, ''),
  };
  if (prompts.every(({ input, keys }) => input.kind === 'none' && keys.length === 0)) return plain;
  return cardMessage(promptCard(prompts, context), context.organisation);
}

/** Teams refuses what is larger than about 28 kilobytes, whatever it is made of. */
const LONGEST_TEXT = 12_000;

export function promptCard(prompts: readonly Prompt[], context: PromptWords) {
  return cardOf(promptElements(prompts, context, { more: {}, forOldTeams: 'message' }), {
    language: prompts.at(-1)?.language ?? 'en',
    fallbackText: cut(typedText(prompts), LONGEST_FALLBACK),
  });
}

const LONGEST_FALLBACK = 4_000;

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : cleanText(text, longest);
}

function typedText(prompts: readonly Prompt[]): string {
  return prompts.map(numberedText).join('\n\n');
}

export function promptElements(
  prompts: readonly Prompt[],
  context: PromptWords,
  carried: Carried,
): readonly Element[] {
  const elements = wholeElements(prompts, context, carried);
  return Buffer.byteLength(JSON.stringify(elements)) > LARGEST_PART
    ? [inOne(cut(typedText(prompts), LONGEST_FALLBACK))]
    : elements;
}

/** Of a card that holds more than the prompts. What is larger is said in words. */
const LARGEST_PART = 20 * 1024;

function wholeElements(
  prompts: readonly Prompt[],
  { say }: PromptWords,
  { more, forOldTeams }: Carried,
): readonly Element[] {
  const asking = prompts.findLast((prompt) => prompt.input.kind !== 'none');
  const offering = prompts.findLast((prompt) => prompt.keys.length > 0);
  const said = prompts.flatMap((prompt) => [
    ...(prompt.lead === undefined ? [] : words(prompt.lead)),
    ...words(prompt.text, prompt === asking && isQuestion(prompt) ? 'strong' : 'plain'),
    ...(prompt !== asking && 'options' in prompt.input
      ? prompt.input.options.flatMap(({ label }) => words(`• ${label}`))
      : []),
  ]);
  return [
    ...said,
    ...(asking === undefined ? [] : answerElements(asking, say, { more, forOldTeams })),
    ...besides(
      buttons(
        (offering?.keys ?? []).map(({ command, label }) => ({
          label,
          data: { ...more, do: 'command', command, ...offering?.target },
        })),
        forOldTeams,
      ),
    ),
  ];
}

/** Where all that can be answered is "Go", it is read and not answered. */
function isQuestion({ input }: Prompt): boolean {
  return input.kind !== 'one' || input.options.length > 1;
}
