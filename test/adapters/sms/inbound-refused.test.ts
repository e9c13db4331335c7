/** Who is let in with a text, and what is refused because it is no message. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { INBOUND, inboundOfThisFile } from './inbound-webhook.ts';
import { PERSON, type PostOptions, sign, startWebhook, text } from './sms-webhook.ts';

const { receive, webhook } = inboundOfThisFile();

describe('who is let in', () => {
  test('a message that Twilio signed reaches the conversation', async () => {
    const params = text('skate ramp');
    const response = await webhook.post(INBOUND, params);
    expect(response.status).toBe(200);
    expect(receive).toHaveBeenCalledWith({
      channel: 'sms',
      address: PERSON,
      messageId: params['MessageSid'],
      event: { kind: 'text', text: 'skate ramp' },
    });
  });

  const good = text('GO');
  test.each<readonly [string, PostOptions]>([
    ['no signature', { signature: null }],
    ['an empty signature', { signature: '' }],
    ['a signature of another length', { signature: 'short' }],
    ['a very long signature', { signature: 'x'.repeat(4000) }],
    ['a signature that is no base64', { signature: '¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡¡='.slice(0, 28) }],
    [
      'the signature of another message',
      { signature: sign(`https://heard.example${INBOUND}`, text('no')) },
    ],
    [
      'a signature for the address that the Host header tells',
      { signedUrl: `http://127.0.0.1${INBOUND}` },
    ],
    [
      'a forwarded host',
      {
        signedUrl: `https://evil.example${INBOUND}`,
        headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      },
    ],
    ['an added parameter', { body: new URLSearchParams({ ...good, Extra: '1' }) }],
    ['a changed parameter', { body: new URLSearchParams({ ...good, Body: 'STOP' }) }],
  ])('%s: refused with a constant answer, nothing stored', async (_why, options) => {
    const response = await webhook.post(INBOUND, good, {
      ...options,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...options.headers },
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toBe('Forbidden\n');
    expect(receive).not.toHaveBeenCalled();
  });

  test.each([
    ['another account', { AccountSid: `AC${'b'.repeat(32)}` }],
    ['another number than ours', { To: '+447700900002' }],
  ])('a good signature for %s is refused', async (_why, params) => {
    expect((await webhook.post(INBOUND, text('hi', params))).status).toBe(403);
    expect(receive).not.toHaveBeenCalled();
  });

  test.each([
    ['with its port', 'https://heard.example:443'],
    ['on another port', 'http://localhost:3000'],
    ['below a path', 'https://bury.example/heard'],
  ])('the public address %s', async (_why, publicUrl) => {
    const other = await startWebhook({ receive, publicUrl });
    const signedUrl = publicUrl + INBOUND;
    expect((await other.post(INBOUND, text('hi'), { signedUrl })).status).toBe(200);
    await other.close();
  });

  test.each(['?source=twilio&x=%27a%20b', '/', '/?a=1'])(
    'an address ending in %s',
    async (more) => {
      expect((await webhook.post(INBOUND + more, text('hi'))).status).toBe(200);
    },
  );
});

describe('what is no message', () => {
  const params = text('hi');
  const form = new URLSearchParams(params).toString();
  const type = 'application/x-www-form-urlencoded';
  test.each<readonly [string, number, PostOptions]>([
    [
      'ten thousand parameters',
      400,
      { body: Array.from({ length: 10_000 }, (_, i) => i.toString(36)).join('&') },
    ],
    ['a parameter given twice', 400, { body: `${form}&From=%2B447700900124` }],
    [
      'the same value twice, which the signature would not notice',
      400,
      { body: `${form}&Body=hi` },
    ],
    ['percent-encoding that is not UTF-8', 400, { body: `${form}&X=%ff%fe` }],
    ['an encoded half surrogate', 400, { body: `${form}&X=%ed%a0%80` }],
    ['a broken escape', 400, { body: `${form}&X=%zz` }],
    [
      'raw bytes that are not UTF-8',
      400,
      { body: new Uint8Array([...Buffer.from(form), 0xc3, 0x28]) },
    ],
    ['a megabyte', 413, { body: `${form}&X=${'x'.repeat(1_000_000)}` }],
    ['JSON', 415, { headers: { 'content-type': 'application/json' } }],
    ['a multipart form', 415, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    [
      'a packed body',
      415,
      {
        body: new Uint8Array(gzipSync(form)),
        headers: { 'content-type': type, 'content-encoding': 'gzip' },
      },
    ],
  ])('%s is refused', async (_why, status, { body, headers }) => {
    const response = await webhook.post(INBOUND, params, {
      ...(body === undefined ? {} : { body }),
      headers: { 'content-type': type, ...headers },
    });
    expect(response.status).toBe(status);
    expect(receive).not.toHaveBeenCalled();
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s is not how a message comes', async (method) => {
    for (const path of [INBOUND, '/channels/sms/status/1']) {
      const response = await fetch(`http://127.0.0.1:${webhook.port}${path}`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
    }
  });

  test('a body without end is refused at 64 KB', async () => {
    const endless = connect(webhook.port, '127.0.0.1');
    endless.on('error', () => undefined);
    endless.write(
      `POST ${INBOUND} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
    for (let sent = 0; sent < 5; sent++) endless.write(chunk);
    const answer = await new Promise<string>((resolve) =>
      endless.once('data', (data) => resolve(data.toString())),
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    endless.destroy();
    expect(receive).not.toHaveBeenCalled();
  });

  test.each([
    ['no id', { MessageSid: '' }],
    ['an id of another kind', { MessageSid: `CA${'0'.repeat(32)}` }],
    ['an id that is no id', { MessageSid: '__proto__' }],
  ])('a signed message with %s is refused', async (_why, more) => {
    expect((await webhook.post(INBOUND, text('hi', more))).status).toBe(400);
    expect(receive).not.toHaveBeenCalled();
  });
});
