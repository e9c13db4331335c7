/**
 * What an attempt at Discord came to, in the port's words. The rule is one: whatever leaves it open
 * whether a person got the message is `unknown`, and only what certainly did not leave is `not-sent`.
 */
import type { SendOutcome } from '../../src/channel.ts';
import { SNOWFLAKE } from './discord-options.ts';
import { type RestResult, textOf } from './discord-rest.ts';

/** Of the call that carries the message. */
export function outcomeOf(result: RestResult): SendOutcome {
  switch (result.kind) {
    case 'held-back':
      return throttled(result, { onlyHere: true });
    case 'not-reached':
      return { kind: 'not-sent', reason: 'unreachable' };
    case 'lost':
      return { kind: 'unknown', reason: result.reason };
    case 'answer':
      return outcomeOfAnswer(result);
  }
}

/** Of the call that opens the direct messages: until it has been answered no message leaves. */
export function outcomeOfOpening(result: RestResult): SendOutcome {
  const outcome = outcomeOf(result);
  // All of them are opened by one route.
  if (outcome.kind === 'throttled') return throttled(outcome, {});
  // It may be this person whom Discord cannot open them with.
  if (outcome.kind === 'accepted')
    return { kind: 'not-sent', reason: 'unreadable-answer', counts: true };
  return outcome.kind === 'unknown'
    ? { kind: 'not-sent', reason: outcome.reason, counts: true }
    : outcome;
}

/** Closed direct messages, and no server in common any more: nothing more is to be sent there. */
const CLOSED: ReadonlySet<number> = new Set([50007, 50278]);

/** Too fast in this channel: its slow mode, its own limit. */
const TOO_FAST_HERE: ReadonlySet<number> = new Set([20016, 20022, 20028]);

/** Too fast: opening direct messages, or sending altogether. */
const TOO_FAST: ReadonlySet<number> = new Set([40003, 40004]);

type Answer = Extract<RestResult, { kind: 'answer' }>;

function outcomeOfAnswer({ status, code, body, retryAfterMs }: Answer): SendOutcome {
  if (status >= 200 && status < 300) {
    const id = textOf(body, 'id');
    return id !== undefined && SNOWFLAKE.test(id)
      ? { kind: 'accepted', providerId: id }
      : { kind: 'unknown', reason: 'unreadable-answer' };
  }
  if (status >= 500 || status < 400) return { kind: 'unknown', reason: `http-${status}` };
  const reason = code === undefined || code === 0 ? `http-${status}` : `discord-${code}`;
  if (code !== undefined && CLOSED.has(code)) return { kind: 'refused', reason, optedOut: true };
  if (code !== undefined && TOO_FAST.has(code)) return throttled({ retryAfterMs }, {});
  // What holds for the whole bot says so; every other limit is one channel's.
  if (status === 429 || (code !== undefined && TOO_FAST_HERE.has(code)))
    return throttled({ retryAfterMs }, isForTheBot(body) ? {} : { onlyHere: true });
  // Our token, or something between Discord and us: the message waits until somebody mends it.
  if (status === 401 || reason === `http-${status}`)
    return OUR_FAULT.has(status)
      ? { kind: 'not-sent', reason }
      : { kind: 'unknown', reason: `http-${status}` };
  if (status === 403 || status === 404) return { kind: 'refused', reason, optedOut: false };
  return { kind: 'failed', reason };
}

function throttled(
  { retryAfterMs }: { readonly retryAfterMs: number },
  whom: { readonly onlyHere?: true },
): SendOutcome {
  return { kind: 'throttled', retryAfterMs, ...whom };
}

function isForTheBot(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'global' in body && body.global === true;
}

/** Without a code of Discord's these are answers about us: the token, paths, a proxy in between. */
const OUR_FAULT: ReadonlySet<number> = new Set([401, 403, 404, 405, 407]);
