/** What somebody did in front of the others, as the program takes it. */
import type { ChatEvent, ChatInbound } from '../../src/shared-chat.ts';
import { type Activity, languageOf } from './activity.ts';
import { chatAddress, messageIdOf, personAddress } from './identity.ts';
import { referenceOf } from './reference.ts';

export function chatInbound(activity: Activity, event: ChatEvent): ChatInbound {
  const language = languageOf(activity);
  return {
    channel: 'teams',
    chat: chatAddress(activity),
    reference: referenceOf(activity),
    messageId: messageIdOf(activity),
    by: personAddress(activity),
    ...(language === undefined ? {} : { language }),
    event,
  };
}
