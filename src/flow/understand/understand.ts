/**
 * What a typed reply means as an answer to one question. Each kind of question has a file of its
 * own; this one chooses between them. It must never guess between two meanings, and it must never
 * throw whatever it is given.
 */
import type { Question } from '../flow.ts';
import { fold } from '../fold.ts';
import { understandText } from './free-text.ts';
import { understandMany } from './many-options.ts';
import { understandNumber } from './number.ts';
import { nameOption } from './one-option.ts';
import { answerFor } from './option-answer.ts';
import type { OptionTable } from './option-table.ts';
import { understandScale } from './scale.ts';
import { MISSED, notAllowed, type Understood } from './understood.ts';
import { yesOrNo } from './yes-or-no.ts';

/** `text` as it was typed; `folded` saves folding it twice. */
export function understand(
  question: Question,
  table: OptionTable,
  text: string,
  folded: string = fold(text),
): Understood {
  switch (question.kind) {
    case 'yes_no':
      return understandYesOrNo(question, table, folded);
    case 'choose_one':
    case 'place':
      return understandOne(question, table, folded);
    case 'choose_many':
    case 'rank':
      return understandMany(question, table, text);
    case 'scale':
      return understandScale(question, table, text, folded);
    case 'number':
      return understandNumber(question, table.words, text, folded);
    case 'text':
      return understandText(question, text);
  }
}

function understandOne(question: Question, table: OptionTable, folded: string): Understood {
  const named = nameOption(folded, table);
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

/** The labels of a yes_no may be words of the officer's: they count before our own. */
function understandYesOrNo(question: Question, table: OptionTable, folded: string): Understood {
  const labelled = table.direct.get(folded);
  const place = labelled?.length === 1 ? labelled[0] : undefined;
  const yes =
    place === undefined ? yesOrNo(folded, table.words) : question.options[place]?.id === 'yes';
  if (yes === undefined) return MISSED;
  const said = question.options.findIndex((option) => option.id === (yes ? 'yes' : 'no'));
  return { kind: 'answer', value: yes, said: [said] };
}
