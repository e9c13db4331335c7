/**
 * A stand-in for the SMS provider, on this machine only: it takes messages as the real API does,
 * answers with an id, reports them delivered, and holds a copy in memory until it is told to delete
 * it. It sends nothing anywhere.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../../platform/listening.ts';

export interface ProviderAccount {
  readonly sid: string;
  readonly token: string;
  readonly number: string;
}

export interface StandInProvider {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** `onTaken` sees each message that is taken, by its number and its words. */
export async function startStandInProvider(
  account: ProviderAccount,
  onTaken?: (to: string, body: string) => void,
): Promise<StandInProvider> {
  const copies: Copies = new Map();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      if (request.method === 'POST') {
        onTaken?.(form.get('To') ?? '', form.get('Body') ?? '');
        take(account, copies, form, response);
      } else if (request.method === 'DELETE') remove(copies, request, response);
      else list(copies, request, response);
    });
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Copy {
  readonly sid: string;
  readonly status: string;
  readonly direction: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly body: string | null;
  readonly date_sent: string;
}
type Copies = Map<string, Copy>;

function take(
  account: ProviderAccount,
  copies: Copies,
  form: URLSearchParams,
  response: ServerResponse,
): void {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  copies.set(sid, {
    sid,
    status: 'delivered',
    direction: 'outbound-api',
    from: form.get('From'),
    to: form.get('To'),
    body: form.get('Body'),
    date_sent: new Date().toUTCString(),
  });
  answer(response, 201, { sid, status: 'queued', num_segments: '1' });
  const callback = form.get('StatusCallback');
  if (callback !== null) void report(account, callback, sid);
}

function remove(copies: Copies, { url }: IncomingMessage, response: ServerResponse): void {
  const sid = /\/Messages\/(\w+)\.json$/.exec(url ?? '')?.[1] ?? '';
  if (copies.delete(sid)) response.writeHead(204).end();
  else answer(response, 404, { code: 20404 });
}

/** Newest first, all on one page. */
function list(copies: Copies, { url }: IncomingMessage, response: ServerResponse): void {
  const asked = new URL(url ?? '', 'http://localhost').searchParams;
  const messages = [...copies.values()].filter(
    ({ from, to }) => from === (asked.get('From') ?? from) && to === (asked.get('To') ?? to),
  );
  answer(response, 200, { messages: messages.toReversed(), next_page_uri: null });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A report that does not arrive changes nothing: the demo may be stopping. */
async function report(account: ProviderAccount, url: string, sid: string): Promise<void> {
  const fields = { AccountSid: account.sid, MessageSid: sid, MessageStatus: 'delivered' };
  await postSigned(account, url, url, fields).catch(() => undefined);
}

/** Posts a form to `to`, signed for the public address `signedFor`, as the provider does. */
export async function postSigned(
  account: ProviderAccount,
  to: string,
  signedFor: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const signed =
    signedFor +
    Object.keys(fields)
      .sort()
      .map((name) => `${name}${fields[name]}`)
      .join('');
  return fetch(to, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: {
      'x-twilio-signature': createHmac('sha1', account.token).update(signed).digest('base64'),
    },
  });
}
