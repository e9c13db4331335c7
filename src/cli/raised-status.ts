/** The statuses of an issue, as an officer types and reads them. */
import { fold } from '../flow/fold.ts';
import { ANSWERS, type AnswerStatus, type IssueStatus } from '../raised/issues.ts';

/** "looking" and "looking into it" are one; undefined for what is no status. */
export function readStatus(typed: string): IssueStatus | undefined {
  const folded = fold(typed.replace(/[_-]/g, ' '));
  return folded === 'raised' ? 'raised' : readAnswerStatus(folded);
}

export function readAnswerStatus(typed: string): AnswerStatus | undefined {
  const folded = fold(typed.replace(/[_-]/g, ' '));
  return ANSWERS.find((status) => folded === status || folded === inWords(status));
}

export function inWords(status: IssueStatus): string {
  return status === 'looking' ? 'looking into it' : status;
}

const inOrder = ANSWERS.map(inWords).join(', ');
export const ANSWER_STATUSES = inOrder;
export const STATUSES = `raised, ${inOrder}`;
