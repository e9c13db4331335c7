/** Issues in their chat: raised there, backed there, listed there; whoever is refused is told alone. */
import type { Queryable } from '../platform/postgres.ts';
import { back, issueIdIn } from '../raised/back.ts';
import { issueCard } from '../raised/issue-card.ts';
import { heldIssue, type Issue, issuesOfChat } from '../raised/issues.ts';
import { raise, raisedBefore } from '../raised/raise.ts';
import {
  postIn,
  type SpokenIn,
  sayInChat,
  spokenLanguage,
  statementIn,
} from '../raised/say-in-chat.ts';
import {
  type ChatInbound,
  type ChatReceipt,
  type IssueCard,
  LONGEST_ISSUE,
  type Post,
} from '../shared-chat.ts';
import { type GroupWorld, todayOf } from './group-world.ts';
import { onHarm, signposts } from './harm-in-chat.ts';

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
      return { posts: [cardPost(world, raised.issue, spoken)] };
    case 'harm':
      return { posts: [], aside: await onHarm(world, tx, inbound, { ...raised, text }, spoken) };
    case 'too-many':
      return alone(world, spoken, 'chat_raise_too_many');
    default:
      return refused(world, spoken, raised.kind);
  }
}

/** The same event once more: how its issue stands, or what was said to whoever wrote it. */
export async function onceMoreInChat(
  world: GroupWorld,
  tx: Queryable,
  { channel, chat, language, event }: ChatInbound,
): Promise<ChatReceipt> {
  const [known] = await world.contacts.lookUpMany(tx, [{ channel, address: chat }]);
  if (known?.person === undefined) return { posts: [] };
  const chatId = known.person;
  const spoken = { channel, language: spokenLanguage(world.words, language) };
  if (event.kind === 'back') {
    const issue = await heldIssue(tx, issueIdIn(event.issue));
    return issue?.chatId === chatId ? standing(world, issue, spoken) : { posts: [] };
  }
  if (event.kind !== 'raise') return { posts: [] };
  const before = await raisedBefore(tx, chatId, event.text);
  switch (before.kind) {
    case 'raised':
      return standing(world, before.issue, spoken);
    case 'harm':
      return { posts: [], aside: signposts(world, spoken) };
    case 'unknown':
      return { posts: [] };
    default:
      return refused(world, spoken, before.kind);
  }
}

function standing(world: GroupWorld, issue: Issue, spoken: SpokenIn): ChatReceipt {
  return { posts: [], standing: cardOf(world, issue, spoken) };
}

function refused(
  world: GroupWorld,
  spoken: SpokenIn,
  kind: 'empty' | 'too-long' | 'names-a-contact',
): ChatReceipt {
  switch (kind) {
    case 'empty':
      return alone(world, spoken, 'chat_raise_empty');
    case 'too-long':
      return alone(world, spoken, 'chat_raise_too_long', { max: String(LONGEST_ISSUE) });
    case 'names-a-contact':
      return alone(world, spoken, 'chat_raise_contact');
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
    case 'backed': {
      const { id, backers } = backed.issue;
      const thanks = alone(world, spoken, 'chat_backed', { issue: id, count: String(backers) });
      return { ...thanks, posts: [cardPost(world, backed.issue, spoken)] };
    }
    case 'backed-before':
      return alone(world, spoken, 'chat_backed_before', { issue: backed.issue.id });
    case 'closed': {
      // An old card, with a button that should be gone.
      const over = alone(world, spoken, 'chat_back_closed', { issue: backed.issue.id });
      return { ...over, posts: [cardPost(world, backed.issue, spoken)] };
    }
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
  const cards = issues.slice(0, MOST_LISTED).map((issue) => cardPost(world, issue, spoken));
  const more = issues.length - cards.length;
  if (more === 0) return { posts: cards };
  const rest = sayInChat(world.words, spoken, 'chat_raised_more', { count: String(more) });
  return { posts: [...cards, postIn(spoken.language, rest)] };
}

function cardPost(world: GroupWorld, issue: Issue, spoken: SpokenIn): Post {
  return { kind: 'issue', issue: cardOf(world, issue, spoken) };
}

function cardOf(world: GroupWorld, issue: Issue, spoken: SpokenIn): IssueCard {
  const { words, installation } = world;
  const how = { words, organisation: installation.organisation, today: todayOf(world) };
  return issueCard(how, issue, spoken);
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
