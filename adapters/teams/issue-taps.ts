/**
 * Posting an issue and backing one: done in front of everyone in the chat. The card that was tapped
 * becomes the issue's card for all of them; a note about one's own backing is for that one alone.
 */
import type { Post } from '../../src/shared-chat.ts';
import { type Activity, languageOf } from './activity.ts';
import type { CardData } from './card-data.ts';
import { apart, cardMessage, words } from './card-json.ts';
import { chatInbound } from './group-inbound.ts';
import { hashed } from './identity.ts';
import { issueCard, raiseCard } from './issue-card.ts';
import { postAll } from './posts.ts';
import { placeOf } from './reference.ts';
import { statementCard } from './statement.ts';
import type { Answer, TeamsParts } from './teams-parts.ts';

type Data<Do extends CardData['do']> = Extract<CardData, { readonly do: Do }>;

export async function postedIssue(
  parts: TeamsParts,
  activity: Activity,
  data: Data<'raise'>,
): Promise<Answer> {
  const { ports } = parts;
  const language = data.language ?? languageOf(activity) ?? 'en';
  const text = data.issue?.trim() ?? '';
  if (text === '') return { kind: 'card', card: raiseCard('', language, ports.say, []) };
  const inbound = chatInbound(activity, { kind: 'raise', text });
  const { conversation, replyToId } = activity;
  // One card posts the same once, however many people press its button.
  const messageId =
    replyToId === undefined
      ? inbound.messageId
      : hashed(['raise', conversation.id, replyToId, text]);
  const receipt = await ports.inChat({ ...inbound, messageId });
  const asides = receipt.aside ?? [];
  // What could not be posted is not lost: it can be put in other words.
  if (receipt.posts.length === 0 && asides.length > 0)
    return { kind: 'card', card: raiseCard(text, language, ports.say, asides) };
  return shown(parts, activity, receipt, language);
}

export async function tappedBack(
  parts: TeamsParts,
  activity: Activity,
  data: Data<'back'>,
): Promise<Answer> {
  const language = data.language ?? languageOf(activity) ?? 'en';
  const inbound = chatInbound(activity, { kind: 'back', issue: data.issue });
  return shown(parts, activity, await parts.ports.inChat(inbound), language);
}

async function shown(
  parts: TeamsParts,
  activity: Activity,
  receipt: Awaited<ReturnType<TeamsParts['ports']['inChat']>>,
  language: string,
): Promise<Answer> {
  const { connector, ports, settings } = parts;
  const place = placeOf(activity);
  // What came before is written over itself: its first answer may have been lost on the way.
  const issue = receipt.posts.find(isIssue)?.issue ?? receipt.standing;
  const inPlace = issue !== undefined && activity.replyToId !== undefined;
  if (inPlace && activity.replyToId !== undefined)
    await connector.update(
      place,
      activity.replyToId,
      cardMessage(issueCard(issue), settings.organisation),
    );
  await postAll(
    parts,
    place,
    receipt.posts.filter((post) => !inPlace || !isIssue(post) || post.issue !== issue),
  );
  const aside = (receipt.aside ?? []).flatMap(({ text }) => words(text));
  const note = aside.length === 0 ? [] : [apart(aside)];
  if (issue !== undefined) return { kind: 'card', card: issueCard(issue, note) };
  const said = receipt.aside?.map(({ text }) => text).join('\n\n');
  const text = said === undefined || said === '' ? ports.say('teams_gone', language) : said;
  return { kind: 'card', card: statementCard(text, language) };
}

function isIssue(post: Post): post is Extract<Post, { readonly kind: 'issue' }> {
  return post.kind === 'issue';
}
