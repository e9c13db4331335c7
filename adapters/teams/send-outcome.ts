/**
 * What an attempt at Teams came to, in the port's words. The rule is one: whatever leaves it open
 * whether a person got the message is `unknown`, and only what certainly was not taken may go again.
 */
import { z } from 'zod';
import type { SendOutcome } from '../../src/channel.ts';
import { faultOf } from '../../src/platform/call-fault.ts';
import type { HttpAnswer } from '../../src/platform/http-call.ts';
import { waitAsked, withinAnHour } from '../../src/platform/retry-after.ts';

/** `below` spreads those who were sent away together. */
export interface Chance {
  readonly now: () => Date;
  readonly below: (below: number) => number;
}

/** Printable, and nothing else: what a database would refuse is no id. */
const providerId = z.string().regex(/^[\x20-\x7e]{1,2048}$/);
const sent = z.object({ id: providerId, activityId: providerId.optional() });

export function outcomeOfAnswer(answer: HttpAnswer, chance: Chance): SendOutcome {
  const { status } = answer;
  const reason = `http-${status}`;
  if (status >= 200 && status < 300) return outcomeOfSuccess(answer.text);
  if (status === 429) return { kind: 'throttled', retryAfterMs: waitOf(answer, chance) };
  // Two changes of one chat at once: nothing was taken.
  if (status === 412)
    return { kind: 'throttled', retryAfterMs: waitOf(answer, chance), onlyHere: true };
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
  const fault = faultOf(error);
  return fault === 'not-reached'
    ? { kind: 'not-sent', reason: 'unreachable' }
    : { kind: 'unknown', reason: fault };
}

const opened = z.object({ id: providerId });

/** The id of a chat that was opened, or had been open before. */
export function openedId({ status, text }: HttpAnswer): string | undefined {
  return status >= 200 && status < 300 ? opened.safeParse(parsed(text)).data?.id : undefined;
}

/**
 * Nothing was said yet, and opening a chat twice opens the same one: what is not known may go again,
 * and is counted, because it may be this person whom Teams cannot open one with.
 * Somebody who does not have the app has not told us to leave them alone.
 */
export function outcomeOfNotOpening(outcome: SendOutcome): SendOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'not-sent', reason: 'unreadable-answer', counts: true };
    case 'unknown':
      return { kind: 'not-sent', reason: outcome.reason, counts: true };
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

/** What Teams asks for, and up to half as long again by chance. */
function waitOf({ header }: HttpAnswer, { now, below }: Chance): number {
  const wait = waitAsked(header('retry-after'), now(), header('date'));
  return withinAnHour(wait + below(Math.ceil(wait / 2)));
}
