/**
 * Turns the parameters of one text message into what the port understands. A message from
 * something that cannot be answered (a short code, a name, a number abroad) is no person's: it is
 * dropped here and never stored.
 */
import type { Inbound, InboundEvent } from '../../src/channel.ts';
import { cleanText } from '../../src/platform/clean-text.ts';
import type { Params } from './form-body.ts';
import { phoneNumber } from './phone-number.ts';

export type InboundMessage =
  | { readonly kind: 'message'; readonly messageId: string; readonly inbound: Inbound }
  | { readonly kind: 'no-person'; readonly messageId: string }
  | { readonly kind: 'malformed' };

const MESSAGE_ID = /^(?:SM|MM)[0-9a-f]{32}$/i;

export function inboundMessage(params: Params): InboundMessage {
  const messageId = params['MessageSid'] ?? '';
  const from = params['From'];
  if (!MESSAGE_ID.test(messageId) || from === undefined) return { kind: 'malformed' };
  const number = phoneNumber(from);
  if (number.kind === 'refused') return { kind: 'no-person', messageId };
  const event = eventOf(params['Body'] ?? '', params['OptOutType']);
  return {
    kind: 'message',
    messageId,
    inbound: { channel: 'sms', address: number.e164, messageId, event },
  };
}

/** A picture without words comes as an empty text: the conversation says that it sees none. */
function eventOf(body: string, optOutType: string | undefined): InboundEvent {
  const handled =
    OPT_OUT_TYPES.get(optOutType ?? '') ?? ANSWERED_BY_TWILIO.get(body.trim().toUpperCase());
  return handled === undefined
    ? { kind: 'text', text: cleanText(body) }
    : { kind: 'handled-by-provider', command: handled };
}

type Handled = 'stop' | 'start' | 'help';

/**
 * What Advanced Opt-Out says that it has answered. Not START: among the words that it opts in with
 * are YES and whatever else its settings name, and those are answers. Only START itself, by the body,
 * brings anybody back.
 */
const OPT_OUT_TYPES: ReadonlyMap<string, Handled> = new Map([
  ['STOP', 'stop'],
  ['HELP', 'help'],
]);

/**
 * Words that Twilio itself acts on and answers when they are the whole message, with Advanced
 * Opt-Out or without. HELP without an OptOutType is ours to answer: Twilio's canned words name no
 * helpline.
 */
const ANSWERED_BY_TWILIO: ReadonlyMap<string, Handled> = new Map([
  ['STOP', 'stop'],
  ['STOPALL', 'stop'],
  ['UNSUBSCRIBE', 'stop'],
  ['CANCEL', 'stop'],
  ['END', 'stop'],
  ['QUIT', 'stop'],
  ['OPTOUT', 'stop'],
  ['REVOKE', 'stop'],
  ['START', 'start'],
  ['UNSTOP', 'start'],
]);
