/**
 * What an attempt at Teams came to, in the port's words. The rule is one: whatever leaves it open
 * whether a person got the message is `unknown`, and only what certainly was not taken may go again.
 */
import { z } from 'zod';
import type { SendOutcome } from '../../src/channel.ts';
import { type HttpAnswer, NotReached } from '../../src/platform/http-call.ts';

/** `below` spreads those who were sent away together. */
export interface Chance {
  readonly now: () => Date;
  readonly below: (below: number) => number;
}

const sent = z.object({ id: z.string().min(1).max(2048), activityId: z.string().optional() });

export function outcomeOfAnswer(answer: HttpAnswer, chance: Chance): SendOutcome {
  const { status } = answer;
  const reason = `http-${status}`;
  if (status >= 200 && status < 300) return outcomeOfSuccess(answer.text);
  if (THROTTLED.has(status))
    return { kind: 'throttled', retryAfterMs: waitOf(answer.retryAfter, chance) };
  // Blocked, uninstalled, removed from the chat: Teams says it with any of its codes, or none.
  if (status === 403) return { kind: 'refused', reason, optedOut: true };
  if (status === 404 || status === 410) return { kind: 'refused', reason, optedOut: false };
  // Our secret or our registration is wrong: the message waits until somebody mends it.
  if (status === 401 || status === 407) return { kind: 'not-sent', reason };
  if (status >= 500 || status < 400 || status === 408 || status === 409)
    return { kind: 'unknown', reason };
  return { kind: 'failed', reason };
}

export function outcomeOfError(error: unknown): SendOutcome {
  if (error instanceof NotReached) return { kind: 'not-sent', reason: 'unreachable' };
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return { kind: 'unknown', reason: timedOut ? 'timeout' : 'connection-lost' };
}

const opened = z.object({ id: z.string().min(1).max(2048) });

/** The id of a chat that was opened, or had been open before. */
export function openedId({ status, text }: HttpAnswer): string | undefined {
  return status >= 200 && status < 300 ? opened.safeParse(parsed(text)).data?.id : undefined;
}

/**
 * Nothing was said yet, and opening a chat twice opens the same one: what is not known may go again.
 * Somebody who does not have the app has not told us to leave them alone.
 */
export function outcomeOfNotOpening(outcome: SendOutcome): SendOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'not-sent', reason: 'unreadable-answer' };
    case 'unknown':
      return { kind: 'not-sent', reason: outcome.reason };
    case 'refused':
      return outcome.optedOut ? NOT_INSTALLED : outcome;
    default:
      return outcome;
  }
}

/** What is sent to them later may reach them, when they have added the app. */
export const NOT_INSTALLED = {
  kind: 'refused',
  reason: 'not-installed',
  optedOut: false,
} as const satisfies SendOutcome;

/** Too fast, or two changes of one thing at once: nothing was taken. */
const THROTTLED: ReadonlySet<number> = new Set([412, 429]);

function outcomeOfSuccess(text: string): SendOutcome {
  const read = sent.safeParse(parsed(text));
  return read.success
    ? { kind: 'accepted', providerId: read.data.activityId ?? read.data.id }
    : { kind: 'unknown', reason: 'unreadable-answer' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Retry-After is seconds or a date; without one, a second. Up to half as long again by chance. */
function waitOf(retryAfter: string | undefined, { now, below }: Chance): number {
  const text = retryAfter?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now().getTime();
  const wait = Number.isNaN(asked) ? SHORTEST_WAIT_MS : Math.max(asked, SHORTEST_WAIT_MS);
  return Math.min(wait + below(Math.ceil(wait / 2)), LONGEST_WAIT_MS);
}
