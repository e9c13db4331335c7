/**
 * An officer's answer to an issue: written to its record, and posted to the very chat that it came
 * from, through the outbox as everything that Heard begins by itself. It names nobody.
 */
import { plan, saveContent } from '../delivery/plan.ts';
import type { Installation } from '../flow/flow.ts';
import type { Words } from '../flow/words.ts';
import type { Ambient } from '../platform/ambient.ts';
import { type Actor, record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { type Pool, type Queryable, transaction } from '../platform/postgres.ts';
import type { Contacts } from '../privacy/contacts.ts';
import { isApp } from '../shared-chat.ts';
import { issueIdIn } from './back.ts';
import { type IssueWords, issueText } from './issue-card.ts';
import { type AnswerStatus, changeIssue, heldIssue, type Issue, isClosed } from './issues.ts';
import { sayInChat, statementIn } from './say-in-chat.ts';

export interface AnswerDeps {
  readonly pool: Pool;
  readonly ambient: Ambient;
  readonly contacts: Contacts;
  readonly words: Words;
  readonly installation: Pick<Installation, 'organisation' | 'timeZone'>;
}

export interface NewAnswer {
  readonly issue: string;
  readonly status: AnswerStatus;
  readonly text: string;
  /** Without one, whoever had it keeps it. */
  readonly owner?: string;
  /** The ISO day of the next answer. Without one, the day that was set stays. */
  readonly by?: string;
  readonly actor: Actor;
}

export type Answered =
  | {
      readonly kind: 'answered';
      readonly issue: Issue;
      /** Missing when the chat is gone: there is nowhere to answer to. */
      readonly postedTo?: 'discord' | 'teams';
    }
  | { readonly kind: 'unknown' }
  /** It is done: nothing follows but more about what was done. */
  | { readonly kind: 'done' }
  /** The same answer was given last. */
  | { readonly kind: 'again' };

export function answer(deps: AnswerDeps, one: NewAnswer): Promise<Answered> {
  return transaction(deps.pool, async (tx): Promise<Answered> => {
    const before = await heldIssue(tx, issueIdIn(one.issue));
    if (!before) return { kind: 'unknown' };
    if (before.status === 'done' && one.status !== 'done') return { kind: 'done' };
    const owner = one.owner ?? before.owner;
    const dueOn = isClosed(one.status) ? undefined : (one.by ?? before.dueOn);
    const same =
      before.status === one.status &&
      before.answer?.text === one.text &&
      before.owner === owner &&
      before.dueOn === dueOn;
    if (same) return { kind: 'again' };
    const now = deps.ambient.now();
    const today = isoDay(now, deps.installation.timeZone);
    await changeIssue(tx, {
      issue: before.id,
      status: one.status,
      text: one.text,
      day: today,
      actor: one.actor,
      ...(owner === undefined ? {} : { owner }),
      ...(dueOn === undefined ? {} : { dueOn }),
    });
    const issue = await heldIssue(tx, before.id);
    if (!issue) throw new Error('an issue that was just answered is not there');
    const postedTo = await post(tx, deps, issue, today);
    await record(tx, { actor: one.actor, action: 'answered', object: 'raised issue', at: now });
    return { kind: 'answered', issue, ...(postedTo ? { postedTo } : {}) };
  });
}

async function post(
  tx: Queryable,
  { ambient, contacts, words, installation }: AnswerDeps,
  issue: Issue,
  today: string,
): Promise<'discord' | 'teams' | undefined> {
  if (issue.chatId === undefined) return undefined;
  const chat = (await contacts.peopleAmong(tx, [issue.chatId])).get(issue.chatId);
  if (!chat || chat.stopped) return undefined;
  const { channel } = chat;
  if (!isApp(channel)) return undefined;
  const how: IssueWords = { words, organisation: installation.organisation, today };
  const spoken = { channel, language: issue.language };
  const news = sayInChat(words, spoken, 'chat_news', { issue: issue.id });
  const text = `${news}\n${issueText(how, issue, spoken)}`;
  const contentId = ambient.newId();
  await saveContent(tx, { id: contentId, prompts: [statementIn(issue.language, text)], parts: 1 });
  await plan(tx, [
    { personId: chat.id, channel, class: 'feedback', parts: 1, body: { contentId } },
  ]);
  return channel;
}
