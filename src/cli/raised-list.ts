/** `heard raised list`: what young people raised in their chats, what is due and what is late. */
import { isoDay } from '../platform/calendar.ts';
import { allIssues, type Issue, isClosed } from '../raised/issues.ts';
import { daysLate } from '../raised/late.ts';
import { type CommandResult, table } from './output.ts';
import { inWords, readStatus, STATUSES } from './raised-status.ts';
import { runInHeard } from './run-in-heard.ts';

export interface RaisedListOptions {
  readonly status?: string;
  /** Also what has had its last answer. */
  readonly all: boolean;
}

export function raisedListCommand({ status, all }: RaisedListOptions): Promise<CommandResult> {
  const wanted = status === undefined ? undefined : readStatus(status);
  if (status !== undefined && wanted === undefined) {
    return Promise.resolve({ kind: 'wrong-usage', reasons: [`--status is one of: ${STATUSES}.`] });
  }
  return runInHeard(async ({ world }) => {
    const today = isoDay(world.ambient.now(), world.installation.timeZone);
    const issues = (await allIssues(world.pool)).filter((issue) =>
      wanted === undefined ? all || !isClosed(issue.status) : issue.status === wanted,
    );
    return {
      kind: 'done',
      json: { issues: issues.map((issue) => issueJson(issue, today)) },
      lines: issues.length === 0 ? ['Nothing waits.'] : linesOf(issues, today),
    };
  });
}

export function issueJson(issue: Issue, today: string): object {
  const { id, status, text, raisedOn, backers, owner, dueOn, answer } = issue;
  return {
    id,
    status: inWords(status),
    text,
    raisedOn,
    backers,
    owner: owner ?? null,
    dueOn: dueOn ?? null,
    daysLate: lateOf(issue, today),
    answer: answer?.text ?? null,
    answeredOn: answer?.on ?? null,
    canBePosted: issue.chatId !== undefined,
  };
}

function linesOf(issues: readonly Issue[], today: string): readonly string[] {
  const late = issues.filter((issue) => lateOf(issue, today) > 0).length;
  const rows = issues.map((issue) => [
    issue.id,
    inWords(issue.status),
    issue.owner ?? 'no owner',
    due(issue, today),
    `${issue.backers} behind it`,
    `raised ${issue.raisedOn}`,
    issue.text,
  ]);
  return [...table(rows), ...(late > 0 ? [`${late} late.`] : [])];
}

function due(issue: Issue, today: string): string {
  if (issue.dueOn === undefined) return isClosed(issue.status) ? '' : 'no date';
  const days = lateOf(issue, today);
  if (days === 0) return `by ${issue.dueOn}`;
  return `LATE by ${days === 1 ? '1 day' : `${days} days`}`;
}

function lateOf({ dueOn, status }: Issue, today: string): number {
  return dueOn === undefined || isClosed(status) ? 0 : daysLate(dueOn, today);
}
