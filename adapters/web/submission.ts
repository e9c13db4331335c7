/**
 * What a posted form means: the begin of a conversation, or one event in it. The id that the page
 * put into the form makes a double tap or a reload the same message; it counts together with what
 * was said and with the session, so that two different taps on one page are two messages.
 */
import { createHash } from 'node:crypto';
import type { InboundEvent } from '../../src/channel.ts';
import { COMMANDS } from '../../src/flow/prompt.ts';
import { cleanText } from '../../src/platform/clean-text.ts';
import type { Form } from './form.ts';

export type Submission =
  | { readonly kind: 'begin'; readonly id: string; readonly language?: string }
  | { readonly kind: 'event'; readonly id: string; readonly event: InboundEvent }
  | { readonly kind: 'unreadable' };

const UNREADABLE: Submission = { kind: 'unreadable' };

/** Longer than any question allows: what is too long for one is said in the reply, not cut here. */
const MOST_TEXT = 10_000;

export function readSubmission(form: Form): Submission {
  const id = form.get('id');
  if (id === undefined || !/^[\w-]{16,64}$/.test(id)) return UNREADABLE;
  const language = form.get('language');
  if (language !== undefined && !/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language)) return UNREADABLE;
  const spoken = language === undefined ? {} : { language };
  if (form.get('begin') !== undefined) return { kind: 'begin', id, ...spoken };
  const event = readEvent(form, spoken);
  return event === undefined ? UNREADABLE : { kind: 'event', id, event };
}

function readEvent(form: Form, spoken: { readonly language?: string }): InboundEvent | undefined {
  const typedCommand = form.get('command');
  if (typedCommand !== undefined) {
    const command = COMMANDS.find((known) => known === typedCommand);
    return command === undefined ? undefined : { kind: 'command', command, ...spoken };
  }
  const text = form.get('text');
  if (text !== undefined) return { kind: 'text', text: cleanText(text, MOST_TEXT) };
  return readChoice(form);
}

/** A form of checkboxes or lists with nothing picked is a choice of nothing: the reply says so. */
function readChoice(form: Form): InboundEvent | undefined {
  const step = form.get('step');
  const revision = form.get('revision');
  if (step === undefined || revision === undefined) return undefined;
  if (!isId(step) || !/^\d{1,9}$/.test(revision)) return undefined;
  const picked = (form.choices ?? []).filter((choice) => choice !== '');
  if (!picked.every(isId)) return undefined;
  const options = [...new Set(picked)];
  return { kind: 'choice', step, revision: Number(revision), options };
}

function isId(text: string): boolean {
  return /^[\w.-]{1,100}$/.test(text);
}

/** Told apart by session and content; it gives neither away. */
export function messageId(address: string, id: string, said: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([address, id, said]))
    .digest('base64url');
}
