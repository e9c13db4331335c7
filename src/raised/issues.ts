/**
 * Issues that young people raise in a shared chat, and what officers answered: the tables of the
 * schema `raised`. It knows the chat by its opaque id, and nobody who was in it.
 */
import type { Queryable } from '../platform/postgres.ts';

/** What an officer may answer. `no` says why; after `done` there is nothing more to come. */
export const ANSWERS = ['heard', 'looking', 'yes', 'partly', 'no', 'done'] as const;
export type AnswerStatus = (typeof ANSWERS)[number];
/** `raised`: nobody has looked at it yet. */
export type IssueStatus = 'raised' | AnswerStatus;

export interface Issue {
  readonly id: string;
  /** Missing once the chat is gone. */
  readonly chatId?: string;
  readonly language: string;
  readonly text: string;
  readonly raisedOn: string;
  readonly status: IssueStatus;
  readonly owner?: string;
  readonly dueOn?: string;
  readonly backers: number;
  readonly closedOn?: string;
  /** What was answered last. */
  readonly answer?: Answer;
}

export interface Answer {
  readonly status: IssueStatus;
  readonly text: string;
  readonly on: string;
}

/** Nothing more is expected of anybody. */
export function isClosed(status: IssueStatus): boolean {
  return status === 'no' || status === 'done';
}

export interface NewIssue {
  readonly id: string;
  readonly chatId: string;
  readonly language: string;
  readonly text: string;
  readonly raisedOn: string;
}

/** False when another issue has this id. */
export async function insertIssue(tx: Queryable, one: NewIssue): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into raised.issue (id, chat_id, language, text, raised_on)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [one.id, one.chatId, one.language, one.text, one.raisedOn],
  );
  return rowCount === 1;
}

/** Holds the issue until the transaction ends: two officers, or many who back it at once. */
export async function heldIssue(tx: Queryable, id: string): Promise<Issue | undefined> {
  await tx.query('select from raised.issue where id = $1 for update', [id]);
  const { rows } = await tx.query<Row>(`${SELECT} where i.id = $1`, [id]);
  return rows[0] && fromRow(rows[0]);
}

/** The open ones first, the newest of each first. */
export async function issuesOfChat(tx: Queryable, chatId: string): Promise<readonly Issue[]> {
  const { rows } = await tx.query<Row>(
    `${SELECT} where i.chat_id = $1 order by (i.closed_on is not null), i.raised_on desc, i.id`,
    [chatId],
  );
  return rows.map(fromRow);
}

/** What is due first comes first, then what was raised first. */
export async function allIssues(tx: Queryable): Promise<readonly Issue[]> {
  const { rows } = await tx.query<Row>(
    `${SELECT} order by (i.closed_on is not null), i.due_on nulls last, i.raised_on, i.id`,
  );
  return rows.map(fromRow);
}

export async function raisedOn(tx: Queryable, chatId: string, day: string): Promise<number> {
  const { rows } = await tx.query<{ issues: number }>(
    'select count(*)::int as issues from raised.issue where chat_id = $1 and raised_on = $2',
    [chatId, day],
  );
  return rows[0]?.issues ?? 0;
}

/** True when this mark was not there yet; then it counts. */
export async function addBacking(tx: Queryable, id: string, mark: Uint8Array): Promise<boolean> {
  const { rowCount } = await tx.query(
    `with marked as (
       insert into raised.backing (issue_id, mark) values ($1, $2) on conflict do nothing
       returning issue_id
     )
     update raised.issue set backers = backers + 1 where id in (select issue_id from marked)`,
    [id, mark],
  );
  return rowCount === 1;
}

export interface Change {
  readonly issue: string;
  readonly status: AnswerStatus;
  readonly text: string;
  readonly owner?: string;
  readonly dueOn?: string;
  readonly day: string;
  readonly actor: string;
}

/** What is done needs no marks any more: it cannot be backed, and the count stays. */
export async function changeIssue(tx: Queryable, one: Change): Promise<void> {
  await tx.query(
    `insert into raised.change (issue_id, status, text, changed_on, actor)
     values ($1, $2, $3, $4, $5)`,
    [one.issue, one.status, one.text, one.day, one.actor],
  );
  await tx.query(
    `update raised.issue set status = $2, owner = $3, due_on = $4, closed_on = $5 where id = $1`,
    [
      one.issue,
      one.status,
      one.owner ?? null,
      one.dueOn ?? null,
      isClosed(one.status) ? one.day : null,
    ],
  );
  if (one.status === 'done')
    await tx.query('delete from raised.backing where issue_id = $1', [one.issue]);
}

/** The chat is gone: what was raised stays for the officers, with no way back to anybody. */
export async function cutFromChat(tx: Queryable, chatIds: readonly string[]): Promise<void> {
  await tx.query(
    `with cut as (
       update raised.issue set chat_id = null where chat_id = any($1::uuid[]) returning id
     )
     delete from raised.backing where issue_id in (select id from cut)`,
    [chatIds],
  );
}

const SELECT = `
  select i.id, i.chat_id, i.language, i.text, i.raised_on::text as raised_on, i.status, i.owner,
         i.due_on::text as due_on, i.backers, i.closed_on::text as closed_on,
         c.status as answer_status, c.text as answer_text, c.changed_on::text as answered_on
  from raised.issue i
  left join lateral (
    select status, text, changed_on from raised.change where issue_id = i.id
    order by place desc limit 1
  ) c on true`;

interface Row {
  id: string;
  chat_id: string | null;
  language: string;
  text: string;
  raised_on: string;
  status: IssueStatus;
  owner: string | null;
  due_on: string | null;
  backers: number;
  closed_on: string | null;
  answer_status: IssueStatus | null;
  answer_text: string | null;
  answered_on: string | null;
}

function fromRow(row: Row): Issue {
  const { answer_status: status, answer_text: text, answered_on: on } = row;
  return {
    id: row.id,
    language: row.language,
    text: row.text,
    raisedOn: row.raised_on,
    status: row.status,
    backers: row.backers,
    ...(row.chat_id === null ? {} : { chatId: row.chat_id }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.due_on === null ? {} : { dueOn: row.due_on }),
    ...(row.closed_on === null ? {} : { closedOn: row.closed_on }),
    ...(status === null || text === null || on === null ? {} : { answer: { status, text, on } }),
  };
}
