/**
 * An issue in words, for everyone in its chat: what was raised, where it stands, who has it, by when
 * they hear more. It says how many back it and never who.
 */
import { shortDate } from '../flow/dates.ts';
import type { Words } from '../flow/words.ts';
import type { IssueCard } from '../shared-chat.ts';
import { type Issue, isClosed } from './issues.ts';
import { daysInWords, daysLate } from './late.ts';
import { type SpokenIn, sayInChat } from './say-in-chat.ts';

export interface IssueWords {
  readonly words: Words;
  readonly organisation: string;
  /** The ISO day of today where the organisation is. */
  readonly today: string;
}

export function issueCard(how: IssueWords, issue: Issue, spoken: SpokenIn): IssueCard {
  return {
    id: issue.id,
    language: spoken.language,
    text: issueText(how, issue, spoken),
    ...(isClosed(issue.status) ? {} : { back: sayInChat(how.words, spoken, 'chat_back') }),
  };
}

export function issueText(how: IssueWords, issue: Issue, spoken: SpokenIn): string {
  const say = (name: string, values: Readonly<Record<string, string>> = {}): string =>
    sayInChat(how.words, spoken, name, values);
  const date = (day: string): string => shortDate(how.words, spoken.language, day);
  return [
    say('chat_issue', { issue: issue.id, text: issue.text }),
    say(`chat_status_${issue.status}`, {
      organisation: how.organisation,
      date: date(issue.answer?.on ?? issue.raisedOn),
    }),
    ...(issue.answer ? [issue.answer.text] : []),
    ...(issue.owner === undefined ? [] : [say('chat_issue_owner', { owner: issue.owner })]),
    ...dueLines(how, issue, spoken),
    say('chat_issue_backers', { count: String(issue.backers) }),
  ].join('\n');
}

function dueLines({ words, today }: IssueWords, issue: Issue, spoken: SpokenIn): readonly string[] {
  if (issue.dueOn === undefined || isClosed(issue.status)) return [];
  const date = shortDate(words, spoken.language, issue.dueOn);
  const late = daysLate(issue.dueOn, today);
  if (late === 0) return [sayInChat(words, spoken, 'chat_issue_due', { date })];
  const days = daysInWords(words, spoken, late);
  return [sayInChat(words, spoken, 'chat_issue_late', { date, days })];
}
