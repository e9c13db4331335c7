/** The answer that options, by place, stand for: each kind of question keeps them in its own form. */
import type { Question } from '../flow.ts';
import { MISSED, type Understood } from './understood.ts';

export function answerFor(question: Question, said: readonly number[]): Understood {
  const ids = said.flatMap((place) => question.options[place]?.id ?? []);
  const [first] = ids;
  if (first === undefined || ids.length !== said.length) return MISSED;
  switch (question.kind) {
    case 'yes_no':
      return { kind: 'answer', value: first === 'yes', said };
    case 'scale':
      return { kind: 'answer', value: Number(first), said };
    case 'choose_many':
    case 'rank':
      return { kind: 'answer', value: ids, said };
    case 'choose_one':
    case 'place':
      return { kind: 'answer', value: first, said };
    default:
      return MISSED;
  }
}
