/** Twilio as it tells what copies of messages it holds: it gives the answers that a test lays ready, in turn. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { smsChannel } from '../../../adapters/sms/send.ts';
import type { ProviderCopies } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import { ACCOUNT_SID, AUTH_TOKEN, FROM, listening, PERSON, PUBLIC_URL } from './sms-webhook.ts';

export const LIST = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;
export const SINCE = new Date('2026-11-02T16:00:00Z');

type Answer =
  | { readonly status?: number; readonly body?: unknown }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** Twilio as one answer after another, until the test ends; gives the requests that came. */
export async function twilio(...answers: readonly Answer[]) {
  const requests: { readonly method: string; readonly url: URL }[] = [];
  const waiting = [...answers];
  const server = createServer((request, response) => {
    requests.push({
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://localhost'),
    });
    const answer = waiting.shift() ?? { status: 500 };
    if (typeof answer === 'function') answer(request, response);
    else response.writeHead(answer.status ?? 200).end(JSON.stringify(answer.body));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const apiUrl = `http://127.0.0.1:${await listening(server)}`;
  return { apiUrl, requests, copies: copiesOf(apiUrl) };
}

export function copiesOf(apiUrl: string): ProviderCopies {
  const { copies } = smsChannel({
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    from: FROM,
    publicUrl: PUBLIC_URL,
    apiUrl,
    timeoutMs: 300,
  });
  if (!copies) throw new Error('the SMS channel can look into what its provider holds');
  return copies;
}

/** A message as Twilio lists it. */
export function held(number: number, more: object = {}) {
  return {
    sid: `SM${String(number).padStart(32, '0')}`,
    status: 'delivered',
    direction: 'outbound-api',
    body: 'Here is what happened.',
    date_created: 'Mon, 02 Nov 2026 16:00:10 +0000',
    date_sent: 'Mon, 02 Nov 2026 16:00:12 +0000',
    error_code: null,
    ...more,
  };
}

export function listOf(messages: readonly unknown[], next: string | null = null): Answer {
  return { body: { messages, next_page_uri: next, page: 0, page_size: 100 } };
}

export function say(text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language: 'en' };
}

/** What is looked for, unless a test says otherwise; `held` lists it. */
export const sent = { address: PERSON, prompts: [say('Here is what happened.')], since: SINCE };
