/** Speaks to the SMS webhooks as Twilio does: over HTTP, signed with the account's token. */
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import express from 'express';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { smsRouter } from '../../../adapters/sms/inbound.ts';
import type { Receive, ReportStatus } from '../../../src/channel.ts';
import { createLog } from '../../../src/platform/log.ts';

export const ACCOUNT_SID = `AC${'a'.repeat(32)}`;
export const AUTH_TOKEN = 'a-token-for-tests';
export const FROM = '+447700900001';
export const PERSON = '+447700900123';
export const PUBLIC_URL = 'https://heard.example';

export interface Webhook {
  readonly port: number;
  /** Posts a form, signed unless told otherwise. */
  readonly post: (path: string, params: Params, options?: PostOptions) => Promise<Response>;
  readonly close: () => Promise<void>;
}

export type Params = Readonly<Record<string, string>>;

export interface PostOptions {
  readonly body?: BodyInit;
  readonly signature?: string | null;
  readonly signedUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WebhookPorts {
  readonly receive?: Receive;
  readonly reportStatus?: ReportStatus;
  readonly logged?: (line: string) => void;
  readonly publicUrl?: string;
}

export async function startWebhook(ports: WebhookPorts): Promise<Webhook> {
  const app = express();
  app.use(
    smsRouter({
      accountSid: ACCOUNT_SID,
      authToken: AUTH_TOKEN,
      publicUrl: ports.publicUrl ?? PUBLIC_URL,
      from: FROM,
      receive: ports.receive ?? (async () => ({ kind: 'silence' })),
      reportStatus: ports.reportStatus ?? (async () => 'known'),
      log: createLog({ destination: { write: (line) => ports.logged?.(line) } }),
    }),
  );
  const server = createServer(app);
  const port = await listening(server);
  return {
    port,
    post: (path, params, options = {}) => post(port, path, params, options),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function post(port: number, path: string, params: Params, options: PostOptions): Promise<Response> {
  const signature =
    options.signature === undefined
      ? sign(options.signedUrl ?? PUBLIC_URL + path, params)
      : options.signature;
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body: options.body ?? new URLSearchParams(params).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      connection: 'close',
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      ...options.headers,
    },
  });
}

export function sign(url: string, params: Params): string {
  return getExpectedTwilioSignature(AUTH_TOKEN, url, params);
}

let counter = 0;

/** The parameters that matter of an inbound text message. */
export function text(body: string, more: Params = {}): Params {
  counter += 1;
  return {
    MessageSid: `SM${counter.toString(16).padStart(32, '0')}`,
    AccountSid: ACCOUNT_SID,
    From: PERSON,
    To: FROM,
    Body: body,
    NumMedia: '0',
    NumSegments: '1',
    ...more,
  };
}
