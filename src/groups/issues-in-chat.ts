/** Issues in their chat: raised there, backed there, listed there; whoever is refused is told alone. */
import type { Queryable } from '../platform/postgres.ts';
import { back, issueIdIn } from '../raised/back.ts';
import { type IssueWords, issueCard } from '../raised/issue-card.ts';
import { issuesOfChat } from '../raised/issues.ts';
import { LONGEST_ISSUE, raise } from '../raised/raise.ts';
import { postIn, type SpokenIn, sayInChat, statementIn } from '../raised/say-in-chat.ts';
import type { ChatInbound, ChatReceipt } from '../shared-chat.ts';
import { type GroupWorld, todayOf } from './group-world.ts';
import { onHarm } from './harm-in-chat.ts';

/** Cards fill a screen each. */
const MOST_LISTED = 6;

export async function raiseInChat(
  world: GroupWorld,
  tx: Queryable,
  chatId: string,
  inbound: ChatInbound & { readonly event: { readonly kind: 'raise'; readonly text: string } },
  spoken: SpokenIn,
): Promise<ChatReceipt> {
  const { text } = inbound.event;
  const day = todayOf(world);
  const { language } = spoken;
  const raised = await raise(tx, world, { chatId, by: inbound, text, language, day });
  switch (raised.kind) {
    case 'raised':
      return {
        posts: [{ kind: 'issue', issue: issueCard(issueWords(world), raised.issue, spoken) }],
      };
    case 'harm':
      return { posts: [], aside: await onHarm(world, tx, inbound, { ...raised, text }, spoken) };
    case 'empty':
      return alone(world, spoken, 'chat_raise_empty');
    case 'too-long':
      return alone(world, spoken, 'chat_raise_too_long', { max: String(LONGEST_ISSUE) });
    case 'names-a-contact':
      return alone(world, spoken, 'chat_raise_contact');
    case 'too-many':
      return alone(world, spoken, 'chat_raise_too_many');
  }
}

export async function backInChat(
  world: GroupWorld,
  tx: Queryable,
  chatId: string,
  inbound: ChatInbound & { readonly event: { readonly kind: 'back'; readonly issue: string } },
  spoken: SpokenIn,
): Promise<ChatReceipt> {
  const typed = inbound.event.issue;
  const backed = await back(tx, world.keys, { chatId, issue: typed, by: inbound });
  switch (backed.kind) {
    case 'backed':
      return alone(world, spoken, 'chat_backed', {
        issue: backed.issue.id,
        count: String(backed.issue.backers),
      });
    case 'backed-before':
      return alone(world, spoken, 'chat_backed_before', { issue: backed.issue.id });
    case 'closed':
      return alone(world, spoken, 'chat_back_closed', { issue: backed.issue.id });
    case 'unknown':
      return alone(world, spoken, 'chat_back_unknown', { issue: issueIdIn(typed) });
  }
}

/** Each with what became of it: the open ones first. */
export async function issuesInChat(
  world: GroupWorld,
  tx: Queryable,
  chatId: string,
  spoken: SpokenIn,
): Promise<ChatReceipt> {
  const issues = await issuesOfChat(tx, chatId);
  if (issues.length === 0) {
    return { posts: [postIn(spoken.language, sayInChat(world.words, spoken, 'chat_raised_none'))] };
  }
  const how = issueWords(world);
  const cards = issues
    .slice(0, MOST_LISTED)
    .map((issue) => ({ kind: 'issue', issue: issueCard(how, issue, spoken) }) as const);
  const more = issues.length - cards.length;
  if (more === 0) return { posts: cards };
  const rest = sayInChat(world.words, spoken, 'chat_raised_more', { count: String(more) });
  return { posts: [...cards, postIn(spoken.language, rest)] };
}

function issueWords(world: GroupWorld): IssueWords {
  const { words, installation } = world;
  return { words, organisation: installation.organisation, today: todayOf(world) };
}

function alone(
  { words }: GroupWorld,
  spoken: SpokenIn,
  name: string,
  values: Readonly<Record<string, string>> = {},
): ChatReceipt {
  return {
    posts: [],
    aside: [statementIn(spoken.language, sayInChat(words, spoken, name, values))],
  };
}
