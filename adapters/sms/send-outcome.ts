/**
 * What an attempt at Twilio came to, in the port's words. The rule is one: whatever leaves it open
 * whether a person got the message is `unknown`, and only what certainly did not leave is `not-sent`.
 */
import type { SendOutcome } from '../../src/channel.ts';
import { faultOf } from '../../src/platform/call-fault.ts';
import { waitAsked } from '../../src/platform/retry-after.ts';

interface RefusalHeaders {
  readonly retryAfter: string | undefined;
  readonly date: string | undefined;
}

/** The provider answered, and not with a message. */
export class ProviderRefusal extends Error {
  readonly status: number;
  readonly code: number | undefined;
  readonly retryAfter: string | undefined;
  /** The time of the answer, by the provider's clock. */
  readonly date: string | undefined;

  constructor(status: number, code: number | undefined, headers: RefusalHeaders) {
    super(`the provider answered ${status}`);
    this.status = status;
    this.code = code;
    this.retryAfter = headers.retryAfter;
    this.date = headers.date;
  }
}

const MESSAGE_ID = /^(?:SM|MM)[0-9a-f]{32}$/i;

export function outcomeOfAnswer(sid: unknown): SendOutcome {
  return typeof sid === 'string' && MESSAGE_ID.test(sid)
    ? { kind: 'accepted', providerId: sid }
    : { kind: 'unknown', reason: 'unreadable-answer' };
}

export function outcomeOfError(error: unknown, now: Date): SendOutcome {
  if (error instanceof ProviderRefusal) return outcomeOfRefusal(error, now);
  const fault = faultOf(error);
  return fault === 'not-reached'
    ? { kind: 'not-sent', reason: 'unreachable' }
    : { kind: 'unknown', reason: fault };
}

/** The person opted out at the provider. */
const OPTED_OUT = 21610;

/** Too fast, or the sender's queue is full: nothing was taken. */
const THROTTLED: ReadonlySet<number> = new Set([14107, 20429, 21611, 63018]);

/**
 * Our credentials, account or sending number are wrong. The fault is ours and not the person's, so
 * the message waits until somebody mends it instead of being lost.
 */
const MISCONFIGURED: ReadonlySet<number> = new Set([
  20003, 20005, 20404, 21212, 21603, 21659, 21660,
]);

/** Our number cannot text there: that may hold for one destination only. */
const PERHAPS_ONLY_THERE = 21606;

function outcomeOfRefusal(refusal: ProviderRefusal, now: Date): SendOutcome {
  const { status, code, retryAfter, date } = refusal;
  if (status >= 500 || status < 400) return { kind: 'unknown', reason: `http-${status}` };
  if (code === OPTED_OUT) return { kind: 'refused', reason: 'twilio-21610', optedOut: true };
  if (status === 429 || (code !== undefined && THROTTLED.has(code)))
    return { kind: 'throttled', retryAfterMs: waitAsked(retryAfter, now, date) };
  const reason = code === undefined ? `http-${status}` : `twilio-${code}`;
  if (code === PERHAPS_ONLY_THERE) return { kind: 'not-sent', reason, counts: true };
  if (code === undefined ? OUR_FAULT.has(status) : MISCONFIGURED.has(code) || status === 401)
    return { kind: 'not-sent', reason };
  if (status === 408 || status === 409) return { kind: 'unknown', reason: `http-${status}` };
  return { kind: 'refused', reason, optedOut: false };
}

/** Without a code of Twilio's these are answers about us: keys, paths, a proxy in between. */
const OUR_FAULT: ReadonlySet<number> = new Set([401, 403, 404, 405, 407]);
