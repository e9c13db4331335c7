/**
 * One person's own chat with the bot: what is typed or tapped there becomes one `Inbound`, and the
 * answer goes back as Teams wants it. A message is answered by a message, sent before the request is
 * acknowledged; a tap is answered in its own response, so that the tapped card becomes the next one.
 */
import type { Inbound, InboundEvent, Receipt } from '../../src/channel.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import { cleanText } from '../../src/platform/clean-text.ts';
import { type Activity, languageOf } from './activity.ts';
import { cardAnswer } from './card-answer.ts';
import { eventOf, invokedData, readCardData } from './card-data.ts';
import type { OutgoingActivity } from './card-json.ts';
import { messageIdOf, personAddress } from './identity.ts';
import { postPatiently } from './patience.ts';
import { promptActivity, promptCard } from './prompt-card.ts';
import { placeOf, referenceOf } from './reference.ts';
import { statementCard } from './statement.ts';
import { ACKNOWLEDGED, type Answer, type TeamsParts } from './teams-parts.ts';
import { typedText } from './typed-text.ts';
import { welcomeActivity } from './welcome.ts';

const MOST_TEXT = 10_000;

export async function inPersonalChat(parts: TeamsParts, activity: Activity): Promise<Answer> {
  const { ports, settings } = parts;
  switch (activity.type) {
    case 'message': {
      const event = messageEvent(activity);
      if (event === undefined) return ACKNOWLEDGED;
      return reply(parts, activity, await ports.receive(inboundOf(activity, event)), (prompts) =>
        promptActivity(prompts, { say: ports.say, organisation: settings.organisation }),
      );
    }
    case 'invoke':
      return tapped(parts, activity);
    case 'installationUpdate':
      return installed(parts, activity);
    default:
      // Edited and deleted messages, reactions, who is in the chat: nothing is said to them.
      return ACKNOWLEDGED;
  }
}

/** A picture without words comes as an empty text: the conversation says that it sees none. */
function messageEvent(activity: Activity): InboundEvent | undefined {
  const text = typedText(activity);
  if (text !== '' || activity.value === undefined || activity.value === null)
    return { kind: 'text', text: cleanText(text, MOST_TEXT) };
  const data = readCardData(activity.value);
  return data && eventOf(data);
}

function inboundOf(activity: Activity, event: InboundEvent): Inbound {
  return {
    channel: 'teams',
    address: personAddress(activity),
    messageId: messageIdOf(activity),
    event,
    reference: referenceOf(activity),
  };
}

async function tapped({ ports, settings }: TeamsParts, activity: Activity): Promise<Answer> {
  const data = invokedData(activity.value);
  const event = data && eventOf(data);
  const language = languageOf(activity) ?? 'en';
  if (event === undefined)
    return { kind: 'card', card: statementCard(ports.say('teams_gone', language), language) };
  const receipt = await ports.receive(inboundOf(activity, event));
  const context = { say: ports.say, organisation: settings.organisation };
  if (receipt.kind === 'reply')
    return cardAnswer(receipt, (prompts) => promptCard(prompts, context));
  // The same tap once more: what it has led to is shown again.
  const current = await ports.desk.current({ channel: 'teams', address: personAddress(activity) });
  const card =
    current === undefined || current.prompts.length === 0
      ? statementCard(ports.say('teams_gone', language), language)
      : promptCard(current.prompts, context);
  return { kind: 'card', card };
}

async function installed(parts: TeamsParts, activity: Activity): Promise<Answer> {
  const { ports, settings } = parts;
  if (activity.action === 'remove') {
    await ports.receive(inboundOf(activity, { kind: 'handled-by-provider', command: 'stop' }));
    return ACKNOWLEDGED;
  }
  if (activity.action !== 'add') return ACKNOWLEDGED;
  const receipt = await ports.receive(inboundOf(activity, { kind: 'command', command: 'help' }));
  const open = await ports.desk.openConsultations(languageOf(activity));
  return reply(parts, activity, receipt, (prompts) =>
    welcomeActivity(prompts, open, { say: ports.say, organisation: settings.organisation }),
  );
}

/** Says what became of it before Teams hears that all is done. */
async function reply(
  parts: TeamsParts,
  activity: Activity,
  receipt: Receipt,
  render: (prompts: readonly Prompt[]) => OutgoingActivity,
): Promise<Answer> {
  if (receipt.kind === 'silence') return ACKNOWLEDGED;
  let outcome: Awaited<ReturnType<typeof postPatiently>>;
  try {
    outcome = await postPatiently(parts, placeOf(activity), render(receipt.prompts));
  } catch (error) {
    receipt.notHandedOver();
    throw error;
  }
  // What may have arrived is not said again.
  if (outcome.kind === 'accepted' || outcome.kind === 'unknown') receipt.handedOver();
  else receipt.notHandedOver();
  if (outcome.kind === 'accepted') return ACKNOWLEDGED;
  parts.ports.log.warn('a reply could not be written into its chat', {
    channel: 'teams',
    kind: outcome.kind,
    ...('reason' in outcome ? { reason: outcome.reason } : {}),
  });
  return outcome.kind === 'throttled' || outcome.kind === 'not-sent'
    ? { kind: 'come-again' }
    : ACKNOWLEDGED;
}
