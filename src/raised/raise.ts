/**
 * Raising an issue: a text that everyone in the chat and the officers will read. A text that tells
 * of harm, or names a number or an e-mail address, is never stored and never posted.
 */
import type { Ambient } from '../platform/ambient.ts';
import type { Queryable } from '../platform/postgres.ts';
import { backingMark } from '../privacy/backing-mark.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import { detect, type Finding } from '../safeguarding/detect.ts';
import { type ChatInbound, LONGEST_ISSUE } from '../shared-chat.ts';
import {
  addBacking,
  heldIssue,
  type Issue,
  insertIssue,
  issuesOfChat,
  raisedOn,
} from './issues.ts';
import { namesAContact } from './names-a-contact.ts';

/** More in one chat on one day is not raising any more. */
const MOST_A_DAY = 20;

export interface RaiseDeps {
  readonly keys: KeyHolder;
  readonly ambient: Pick<Ambient, 'below'>;
}

export interface Raising {
  readonly chatId: string;
  readonly by: Pick<ChatInbound, 'channel' | 'by'>;
  readonly text: string;
  readonly language: string;
  readonly day: string;
}

export type Raised =
  | { readonly kind: 'raised'; readonly issue: Issue }
  | Refusal
  | { readonly kind: 'too-many' };

type Refusal =
  | { readonly kind: 'harm'; readonly finding: Finding }
  | { readonly kind: 'empty' | 'too-long' | 'names-a-contact' };

export async function raise(tx: Queryable, deps: RaiseDeps, one: Raising): Promise<Raised> {
  const text = tidied(one.text);
  const refused = refusalOf(text);
  if (refused) return refused;
  if ((await raisedOn(tx, one.chatId, one.day)) >= MOST_A_DAY) return { kind: 'too-many' };
  const id = await insertUnderNewId(tx, deps, { ...one, text });
  // Whoever raises it is behind it.
  await addBacking(tx, id, await markOf(deps.keys, id, one.by));
  const issue = await heldIssue(tx, id);
  if (!issue) throw new Error('an issue that was just written is not there');
  return { kind: 'raised', issue };
}

/** What became of a text that was raised here before; nothing is written. */
export async function raisedBefore(
  tx: Queryable,
  chatId: string,
  typed: string,
): Promise<
  Refusal | { readonly kind: 'raised'; readonly issue: Issue } | { readonly kind: 'unknown' }
> {
  const text = tidied(typed);
  const refused = refusalOf(text);
  if (refused) return refused;
  const issue = (await issuesOfChat(tx, chatId)).find((one) => one.text === text);
  return issue === undefined ? { kind: 'unknown' } : { kind: 'raised', issue };
}

function tidied(typed: string): string {
  return typed.trim().replace(/\s+/gu, ' ');
}

/** For what the text itself is. */
function refusalOf(text: string): Refusal | undefined {
  const finding = detect(text);
  if (finding) return { kind: 'harm', finding };
  if (text === '') return { kind: 'empty' };
  if ([...text].length > LONGEST_ISSUE) return { kind: 'too-long' };
  return namesAContact(text) ? { kind: 'names-a-contact' } : undefined;
}

export function markOf(
  keys: KeyHolder,
  issue: string,
  { channel, by }: Raising['by'],
): Promise<Buffer> {
  return backingMark(keys, { issue, channel, address: by });
}

const MOST_TRIES = 50;

async function insertUnderNewId(tx: Queryable, { ambient }: RaiseDeps, one: Raising) {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const id = newIssueId(ambient);
    const { chatId, language, text, day } = one;
    if (await insertIssue(tx, { id, chatId, language, text, raisedOn: day })) return id;
  }
  throw new Error('no id is free for another issue');
}

/** Said aloud and typed without a slip: no vowels, nothing that looks like something else. */
const LETTERS = 'BCDFGHJKMNPQRSTVWXYZ';
const DIGITS = '23456789';

/** R7K2: letter, digit, letter, digit. */
function newIssueId({ below }: RaiseDeps['ambient']): string {
  return [LETTERS, DIGITS, LETTERS, DIGITS].map((signs) => signs[below(signs.length)]).join('');
}
