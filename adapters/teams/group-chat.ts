/**
 * A chat that several people see: a group, a channel, a meeting. What is typed there with the bot's
 * name is done in front of everyone, so it reaches `inChat` and never a conversation; a tap on a card
 * is handled in `group-card.ts`. What is for one person alone goes to that person's own chat.
 */
import type { ChatReceipt } from '../../src/shared-chat.ts';
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import { type Activity, languageOf } from './activity.ts';
import { cardMessage } from './card-json.ts';
import { tappedInGroup } from './group-card.ts';
import { chatInbound } from './group-inbound.ts';
import { chatAddress } from './identity.ts';
import { raiseCard } from './issue-card.ts';
import { postPatiently } from './patience.ts';
import { postAll } from './posts.ts';
import { promptActivity } from './prompt-card.ts';
import { openingOf, placeOf } from './reference.ts';
import { ACKNOWLEDGED, type Answer, type TeamsParts } from './teams-parts.ts';
import { mentionsBot, typedText } from './typed-text.ts';

export async function inGroupChat(parts: TeamsParts, activity: Activity): Promise<Answer> {
  switch (activity.type) {
    case 'message':
      return mentionsBot(activity) ? typed(parts, activity) : ACKNOWLEDGED;
    case 'invoke':
      return tappedInGroup(parts, activity);
    default:
      return changed(parts, activity);
  }
}

async function typed(parts: TeamsParts, activity: Activity): Promise<Answer> {
  const { ports, settings } = parts;
  const command = parts.groupCommand(typedText(activity));
  if (command.kind === 'raise') {
    // Nothing is posted that has not been read once more under the words that say who will see it.
    const card = raiseCard(command.text, languageOf(activity) ?? 'en', ports.say, []);
    return acknowledged(
      await postPatiently(parts, placeOf(activity), cardMessage(card, settings.organisation)),
    );
  }
  const receipt = await ports.inChat(chatInbound(activity, command));
  await postAll(parts, placeOf(activity), receipt.posts);
  await sayAside(parts, activity, receipt);
  return ACKNOWLEDGED;
}

function acknowledged({ kind }: { readonly kind: string }): Answer {
  return kind === 'throttled' || kind === 'not-sent' ? { kind: 'come-again' } : ACKNOWLEDGED;
}

/** To somebody without the bot in a chat of their own it is not said at all. */
async function sayAside(
  parts: TeamsParts,
  activity: Activity,
  { aside }: ChatReceipt,
): Promise<void> {
  if (aside === undefined || aside.length === 0) return;
  const { connector, ports, settings } = parts;
  const own = await connector.open(openingOf(activity));
  if (own.kind !== 'opened') return;
  const { say } = ports;
  await postPatiently(
    parts,
    own.place,
    promptActivity(aside, { say, organisation: settings.organisation }),
  );
}

/** The bot came, or is gone; people who come and go are no business of ours. */
async function changed(parts: TeamsParts, activity: Activity): Promise<Answer> {
  const what = changeOf(activity);
  if (what === undefined) return ACKNOWLEDGED;
  const receipt = await parts.ports.inChat({
    ...chatInbound(activity, { kind: what }),
    chat: changedChat(activity),
  });
  if (what === 'added') await postAll(parts, placeOf(activity), receipt.posts);
  return ACKNOWLEDGED;
}

function changeOf(activity: Activity): 'added' | 'removed' | undefined {
  const { type, action, channelData, membersAdded = [], membersRemoved = [], recipient } = activity;
  if (type === 'installationUpdate')
    return action === 'add' ? 'added' : action === 'remove' ? 'removed' : undefined;
  if (type !== 'conversationUpdate') return undefined;
  const gone =
    membersRemoved.some(({ id }) => id === recipient.id) ||
    channelData?.eventType === 'channelDeleted' ||
    channelData?.eventType === 'teamDeleted';
  if (gone) return 'removed';
  return membersAdded.some(({ id }) => id === recipient.id) ? 'added' : undefined;
}

/** That a channel was deleted is told in its team. */
function changedChat(activity: Activity): string {
  const { channelData } = activity;
  return channelData?.eventType === 'channelDeleted' && channelData.channel !== undefined
    ? `${SHARED_CHAT}${channelData.channel.id}`
    : chatAddress(activity);
}
