/** Backing an issue of one's own chat, once each: a keyed mark says that it was done, never by whom. */
import type { Queryable } from '../platform/postgres.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import type { ChatInbound } from '../shared-chat.ts';
import { addBacking, heldIssue, type Issue, isClosed } from './issues.ts';
import { markOf } from './raise.ts';

export type Backed =
  | { readonly kind: 'backed' | 'backed-before' | 'closed'; readonly issue: Issue }
  /** No such issue, or one of another chat: nobody learns which. */
  | { readonly kind: 'unknown' };

export async function back(
  tx: Queryable,
  keys: KeyHolder,
  one: {
    readonly chatId: string;
    readonly issue: string;
    readonly by: Pick<ChatInbound, 'channel' | 'by'>;
  },
): Promise<Backed> {
  const issue = await heldIssue(tx, issueIdIn(one.issue));
  if (!issue || issue.chatId !== one.chatId) return { kind: 'unknown' };
  if (isClosed(issue.status)) return { kind: 'closed', issue };
  if (!(await addBacking(tx, issue.id, await markOf(keys, issue.id, one.by))))
    return { kind: 'backed-before', issue };
  return { kind: 'backed', issue: { ...issue, backers: issue.backers + 1 } };
}

/** As people type it: "r7k2", "R7K2.", "R 7 K 2". */
export function issueIdIn(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 8);
}
