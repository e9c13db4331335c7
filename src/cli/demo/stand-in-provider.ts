/**
 * A stand-in for the SMS provider, on this machine only: it takes messages as the real API does,
 * answers with an id and reports them delivered. It keeps nothing and sends nothing anywhere.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
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

export async function startStandInProvider(account: ProviderAccount): Promise<StandInProvider> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const sid = `SM${randomBytes(16).toString('hex')}`;
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ sid, status: 'queued', num_segments: '1' }));
      const callback = form.get('StatusCallback');
      if (callback !== null) void report(account, callback, sid);
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
