/**
 * What an attempt at Twilio came to, in the port's words. The rule is one: whatever leaves it open
 * whether a person got the message is `unknown`, and only what certainly did not leave is `not-sent`.
 */
import type { SendOutcome } from '../../src/channel.ts';
import { NotReached } from '../../src/platform/http-call.ts';

/** The provider answered, and not with a message. */
export class ProviderRefusal extends Error {
  readonly status: number;
  readonly code: number | undefined;
  readonly retryAfter: string | undefined;

  constructor(status: number, code: number | undefined, retryAfter: string | undefined) {
    super(`the provider answered ${status}`);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const MESSAGE_ID = /^(?:SM|MM)[0-9a-f]{32}$/i;

export function outcomeOfAnswer(sid: unknown): SendOutcome {
  return typeof sid === 'string' && MESSAGE_ID.test(sid)
    ? { kind: 'accepted', providerId: sid }
    : { kind: 'unknown', reason: 'unreadable-answer' };
}

export function outcomeOfError(error: unknown, now: Date): SendOutcome {
  if (error instanceof NotReached) return { kind: 'not-sent', reason: 'unreachable' };
  if (error instanceof ProviderRefusal) return outcomeOfRefusal(error, now);
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return { kind: 'unknown', reason: timedOut ? 'timeout' : 'connection-lost' };
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
  20003, 20005, 20404, 21212, 21603, 21606, 21659, 21660,
]);

function outcomeOfRefusal({ status, code, retryAfter }: ProviderRefusal, now: Date): SendOutcome {
  if (status >= 500 || status < 400) return { kind: 'unknown', reason: `http-${status}` };
  if (code === OPTED_OUT) return { kind: 'refused', reason: 'twilio-21610', optedOut: true };
  if (status === 429 || (code !== undefined && THROTTLED.has(code)))
    return { kind: 'throttled', retryAfterMs: waitOf(retryAfter, now) };
  if (code === undefined ? OUR_FAULT.has(status) : MISCONFIGURED.has(code) || status === 401)
    return { kind: 'not-sent', reason: code === undefined ? `http-${status}` : `twilio-${code}` };
  if (status === 408 || status === 409) return { kind: 'unknown', reason: `http-${status}` };
  const reason = code === undefined ? `http-${status}` : `twilio-${code}`;
  return { kind: 'refused', reason, optedOut: false };
}

/** Without a code of Twilio's these are answers about us: keys, paths, a proxy in between. */
const OUR_FAULT: ReadonlySet<number> = new Set([401, 403, 404, 405, 407]);

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Retry-After is seconds or a date; without one, a second. */
function waitOf(retryAfter: string | undefined, now: Date): number {
  const text = retryAfter?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  if (Number.isNaN(wait)) return SHORTEST_WAIT_MS;
  return Math.min(Math.max(wait, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}
