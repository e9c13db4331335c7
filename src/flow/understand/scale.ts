/**
 * A point on a scale: a number in any form, what an end is called, a face. Halves and other scales
 * ("7 out of 10") are asked about again, never rounded.
 */
import type { Question } from '../flow.ts';
import { onceOnly } from '../once-only.ts';
import { nameOption } from './one-option.ts';
import { answerFor } from './option-answer.ts';
import { type OptionTable, withoutFillers } from './option-table.ts';
import { MISSED, notAllowed, type Understood } from './understood.ts';

export function understandScale(
  question: Question,
  table: OptionTable,
  text: string,
  folded: string,
): Understood {
  const direct = table.direct.get(folded);
  if (direct?.length === 1)
    return signed(text) ? notAllowed('out_of_range') : answerFor(question, direct);
  if (/\d\s*[.,]\s*\d/.test(text)) return MISSED;
  if (signed(text)) return notAllowed('out_of_range');
  const part = outOf(question, table, text, folded);
  if (part !== undefined) return part;
  const named = nameOption(onceOnly(folded), table);
  switch (named.kind) {
    case 'one':
      return answerFor(question, [named.option]);
    case 'nearly':
      return { kind: 'nearly', options: named.options, together: false };
    case 'out-of-range':
      return notAllowed('out_of_range');
    case 'missed':
      return MISSED;
  }
}

function signed(text: string): boolean {
  return /^\s*[-−]\s*\d/.test(text);
}

/** "4/5", "4 out of 5": the same scale or none of ours. */
function outOf(
  question: Question,
  table: OptionTable,
  text: string,
  folded: string,
): Understood | undefined {
  const bare = withoutFillers(folded.split(' '), table.words).join(' ');
  const match = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text) ?? /^(\d+) (\D+) (\d+)$/.exec(bare);
  if (match === null) return undefined;
  const [between, last] = match.length === 4 ? [match[2] ?? '', match[3]] : [undefined, match[2]];
  if (between !== undefined && !table.words.outOf.has(between)) return undefined;
  const place = Number(match[1]) - 1;
  if (Number(last) !== question.options.length) return MISSED;
  return place < question.options.length
    ? answerFor(question, [place])
    : notAllowed('out_of_range');
}
