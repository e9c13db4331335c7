/**
 * Taps on the cards of a chat that several people see. The answer to a tap is seen by whoever tapped
 * and nobody else, so that is where a person's questions and answers are shown; what stands in the
 * chat for everyone is changed only through `posts.ts` and `card-updates.ts`.
 */
import type { InboundEvent } from '../../src/channel.ts';
import type { SharedCard } from '../../src/shared-chat.ts';
import { type Activity, languageOf } from './activity.ts';
import { cardAnswer } from './card-answer.ts';
import { type CardData, eventOf, invokedData } from './card-data.ts';
import { chatAddress, hasIdentity, messageIdOf, personAddress } from './identity.ts';
import { postedIssue, tappedBack } from './issue-taps.ts';
import { openingOf, placeOf } from './reference.ts';
import { memberView, type Standing, shownMark } from './shared-card.ts';
import { statementCard } from './statement.ts';
import type { Answer, TeamsParts } from './teams-parts.ts';

export async function tappedInGroup(parts: TeamsParts, activity: Activity): Promise<Answer> {
  const data = invokedData(activity.value);
  if (data === undefined) return gone(parts, activity);
  if (data.do === 'raise') return postedIssue(parts, activity, data);
  if (data.do === 'back') return tappedBack(parts, activity, data);
  const keyword = data.do === 'view' || data.do === 'join' ? data.keyword : data.in;
  if (keyword === undefined) return gone(parts, activity);
  const chat = { channel: 'teams', chat: chatAddress(activity) } as const;
  const shared = await parts.ports.desk.sharedCard(chat, keyword, data.lang);
  if (shared === undefined) return gone(parts, activity);
  if (!hasIdentity(activity)) return view(parts, activity, shared, { kind: 'without-identity' });
  const event = data.do === 'view' ? undefined : eventOf(data);
  return event === undefined
    ? look(parts, activity, shared, data)
    : turn(parts, activity, shared, event, data);
}

function gone({ ports }: TeamsParts, activity: Activity): Answer {
  const language = languageOf(activity) ?? 'en';
  return { kind: 'card', card: statementCard(ports.say('teams_gone', language), language) };
}

/** Nothing is written by looking, which Teams does by itself for everyone who has the chat open. */
async function look(
  parts: TeamsParts,
  activity: Activity,
  shared: SharedCard,
  data: CardData,
): Promise<Answer> {
  if (shownIn(data) !== shownMark(shared)) touch(parts, activity, shared, data);
  return view(parts, activity, shared, await standingOf(parts, activity, shared));
}

async function turn(
  parts: TeamsParts,
  activity: Activity,
  shared: SharedCard,
  event: InboundEvent,
  data: CardData,
): Promise<Answer> {
  if (event.kind === 'join') {
    // Whoever has begun already is shown where they are, and not asked to begin again.
    const standing = await standingOf(parts, activity, shared);
    if (standing.kind === 'in-conversation') return view(parts, activity, shared, standing);
  }
  const receipt = await parts.ports.receive({
    channel: 'teams',
    address: personAddress(activity),
    messageId: messageIdOf(activity),
    event,
    within: chatAddress(activity),
    // With what is known here a chat of their own can be opened later, to tell them what happened.
    ...(event.kind === 'join' ? { reference: JSON.stringify(openingOf(activity)) } : {}),
  });
  if (receipt.kind === 'silence')
    return view(parts, activity, shared, await standingOf(parts, activity, shared));
  const { prompts } = receipt;
  if (prompts.every(({ input }) => input.kind === 'none')) touch(parts, activity, shared, data);
  return cardAnswer(
    receipt,
    (own) => view(parts, activity, shared, { kind: 'in-conversation', prompts: own }).card,
  );
}

async function standingOf(
  { ports }: TeamsParts,
  activity: Activity,
  { keyword }: SharedCard,
): Promise<Standing> {
  const current = await ports.desk.current({ channel: 'teams', address: personAddress(activity) });
  const isThis = current?.keyword.toLowerCase() === keyword.toLowerCase();
  return current !== undefined && isThis && current.prompts.length > 0
    ? { kind: 'in-conversation', prompts: current.prompts }
    : { kind: 'not-joined' };
}

function view(
  { settings, ports }: TeamsParts,
  { from }: Activity,
  shared: SharedCard,
  standing: Standing,
) {
  const card = memberView(shared, standing, from.id, { ...settings, say: ports.say });
  return { kind: 'card', card } as const;
}

/** What everyone sees may have changed. */
function touch(
  { updates }: TeamsParts,
  activity: Activity,
  { keyword, language }: SharedCard,
  data: CardData,
): void {
  const { replyToId } = activity;
  if (replyToId === undefined) return;
  const shown = shownIn(data);
  updates.touch({
    place: placeOf(activity),
    activityId: replyToId,
    chat: chatAddress(activity),
    keyword,
    language,
    ...(shown === undefined ? {} : { shown }),
  });
}

function shownIn(data: CardData): string | undefined {
  return 'shown' in data ? data.shown : undefined;
}
