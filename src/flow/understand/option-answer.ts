/** The answer that options, by place, stand for: each kind of question keeps them in its own form. */
import type { Question } from '../flow.ts';
import { MISSED, type Understood } from './understood.ts';

export function answerFor(question: Question, said: readonly number[]): Understood {
  const first = question.options[said[0] ?? -1]?.id;
  if (first === undefined) return MISSED;
  switch (question.kind) {
    case 'yes_no':
      return { kind: 'answer', value: first === 'yes', said };
    case 'scale':
      return { kind: 'answer', value: Number(first), said };
    case 'choose_many':
    case 'rank':
      return severalFor(question, said);
    case 'choose_one':
    case 'place':
      return { kind: 'answer', value: first, said };
    default:
      return MISSED;
  }
}

function severalFor(question: Question, said: readonly number[]): Understood {
  const ids: string[] = [];
  for (const place of said) {
    const id = question.options[place]?.id;
    if (id === undefined) return MISSED;
    ids.push(id);
  }
  return { kind: 'answer', value: ids, said };
}
