/**
 * The SMS channel's way out: one attempt at Twilio's REST API, and what became of it. It never
 * tries twice: whether a message may go again is the outbox's decision, because Twilio has no key
 * that would make a repeated send harmless.
 */
import type { Channel, Outbound, SendOutcome } from '../../src/channel.ts';
import { isLoopback } from '../../src/platform/loopback.ts';
import { twilioCopies } from './copies.ts';
import { outcomeOfAnswer, outcomeOfError } from './send-outcome.ts';
import { outboundMessages, partsOf, smsMessages } from './sms-text.ts';
import type { TwilioMessages } from './twilio-client.ts';

export interface SmsChannelOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  /** Public address without a trailing slash: where status callbacks go. */
  readonly publicUrl: string;
  /** A stand-in for Twilio's API: on this machine, or by https. */
  readonly apiUrl?: string;
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  /** The `Date` of every answer: what time it is there. */
  readonly onDate?: (httpDate: string | undefined) => void;
}

export function smsChannel(options: SmsChannelOptions): Channel {
  const staysOnThisMachine = options.apiUrl !== undefined && isLoopback(new URL(options.apiUrl));
  if (options.apiUrl !== undefined && !staysOnThisMachine && !options.apiUrl.startsWith('https://'))
    throw new Error('TWILIO_API_URL must be https, or on this machine');
  // Twilio refuses a message whose callback address it could never reach.
  const hasCallback = staysOnThisMachine || !isLoopback(new URL(options.publicUrl));
  const { from, publicUrl, now = () => new Date() } = options;
  let loading: Promise<TwilioMessages> | undefined;
  const messages = (): Promise<TwilioMessages> => {
    loading ??= loadClient(options);
    return loading;
  };

  const sendOne = async (
    body: string,
    { address, nonce }: Outbound,
    isLast: boolean,
  ): Promise<SendOutcome> => {
    const { create } = await messages();
    // Only the last of several is asked about: it was sent because Twilio had taken the others.
    const callback =
      hasCallback && isLast ? { statusCallback: `${publicUrl}/channels/sms/status/${nonce}` } : {};
    try {
      return outcomeOfAnswer(await create({ from, to: address, body, ...callback }));
    } catch (error) {
      return outcomeOfError(error, now());
    }
  };

  return {
    name: 'sms',
    sender: from,
    staysOnThisMachine,
    cost: (prompts, way) =>
      partsOf(way === 'on-the-response' ? smsMessages(prompts) : outboundMessages(prompts)),
    send: (outbound) =>
      sendAll(outboundMessages(outbound.prompts), (body, isLast) =>
        sendOne(body, outbound, isLast),
      ),
    copies: twilioCopies({ from, messages }),
  };
}

/** A text of several messages is one attempt; cut short, nobody can say what the person holds. */
async function sendAll(
  messages: readonly string[],
  sendOne: (body: string, isLast: boolean) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  let first: SendOutcome | undefined;
  for (const [at, message] of messages.entries()) {
    const outcome = await sendOne(message, at === messages.length - 1);
    if (outcome.kind !== 'accepted')
      return first === undefined ? outcome : { kind: 'unknown', reason: 'partly-sent' };
    first ??= outcome;
  }
  return first ?? { kind: 'failed', reason: 'nothing-to-say' };
}

const DEFAULT_TIMEOUT_MS = 10_000;

async function loadClient(options: SmsChannelOptions): Promise<TwilioMessages> {
  const { twilioMessages } = await import('./twilio-client.ts');
  return twilioMessages({
    accountSid: options.accountSid,
    authToken: options.authToken,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    ...(options.onDate === undefined ? {} : { onDate: options.onDate }),
    ...(options.apiUrl === undefined ? {} : { apiUrl: options.apiUrl }),
  });
}
