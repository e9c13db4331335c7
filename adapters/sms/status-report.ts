/**
 * Reads a status callback. Twilio's words are mapped to the few states that Heard keeps; a word
 * that we do not know changes nothing, and an error code that is no number is left out.
 */
import type { StatusReport } from '../../src/channel.ts';
import type { Params } from './form-body.ts';

/** 21610: the person opted out at Twilio after we had handed the message over. */
const OPTED_OUT = '21610';

const STATES: ReadonlyMap<string, StatusReport['state']> = new Map([
  ['accepted', 'accepted'],
  ['scheduled', 'accepted'],
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);
const MESSAGE_ID = /^(?:SM|MM)[0-9a-f]{32}$/i;

/** Undefined for a word that is not known. */
export function stateOf(status: string): StatusReport['state'] | undefined {
  return STATES.get(status);
}

export function statusReport(nonce: string, params: Params): StatusReport | undefined {
  const state = stateOf(params['MessageStatus'] ?? '');
  const providerId = params['MessageSid'] ?? '';
  if (state === undefined || !MESSAGE_ID.test(providerId)) return undefined;
  const errorCode = params['ErrorCode'] ?? '';
  return {
    nonce,
    state,
    providerId,
    ...(/^[1-9]\d{3,5}$/.test(errorCode) ? { reason: `twilio-${errorCode}` } : {}),
    ...(errorCode === OPTED_OUT ? { optedOut: true } : {}),
  };
}
