import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { smsChannel } from '../../../adapters/sms/send.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import { ACCOUNT_SID, AUTH_TOKEN, FROM, listening, PERSON, PUBLIC_URL } from './sms-webhook.ts';

const NONCE = 'c0ffee00-0000-4000-8000-000000000001';
const SID = `SM${'1'.repeat(32)}`;
const MESSAGES = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;
const account = {
  accountSid: ACCOUNT_SID,
  authToken: AUTH_TOKEN,
  from: FROM,
  publicUrl: PUBLIC_URL,
};

function say(text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language: 'en' };
}

function outbound(...texts: readonly string[]) {
  return { address: PERSON, prompts: texts.map(say), nonce: NONCE };
}

describe('at Twilio', () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([]);
    nock.cleanAll();
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  const twilio = () => nock('https://api.twilio.com');
  const channel = smsChannel({ ...account, now: () => new Date('2026-11-02T12:00:00Z') });

  test('a message goes out once, with a callback that names the attempt', async () => {
    let form: unknown;
    twilio()
      .post(MESSAGES, (body) => {
        form = body;
        return true;
      })
      .basicAuth({ user: ACCOUNT_SID, pass: AUTH_TOKEN })
      .reply(201, { sid: SID, status: 'queued' });
    expect(await channel.send(outbound('Did we get it right? Text 1 to 5.'))).toEqual({
      kind: 'accepted',
      providerId: SID,
    });
    expect(form).toEqual({
      From: FROM,
      To: PERSON,
      Body: 'Did we get it right? Text 1 to 5.',
      StatusCallback: `https://heard.example/channels/sms/status/${NONCE}`,
    });
  });

  test('tells what time it is there, by every answer', async () => {
    const dates: (string | undefined)[] = [];
    const dating = smsChannel({ ...account, onDate: (date) => dates.push(date) });
    const there = 'Mon, 02 Nov 2026 10:00:00 GMT';
    twilio().post(MESSAGES).reply(201, { sid: SID, status: 'queued' }, { date: there });
    await dating.send(outbound('Hello'));
    twilio().post(MESSAGES).reply(429, {}, { date: there });
    await dating.send(outbound('Hello'));
    // Two calls in one second: one of them tells the time.
    expect(dates).toEqual([there]);
  });

  const specification = resolve(
    import.meta.dirname,
    '../../../../shared/specs/twilio_api_v2010.json',
  );

  test.skipIf(!existsSync(specification))(
    "what goes out has the form that Twilio's specification asks for (skipped without the specification)",
    async () => {
      const valid = formValidator(specification);
      let form: unknown;
      twilio()
        .post(MESSAGES, (body) => {
          form = body;
          return true;
        })
        .reply(201, { sid: SID });
      await channel.send(outbound('Ŵyt ti yna? 👋'));
      expect(valid(form)).toEqual([]);
      expect(valid({ Body: 'no address' })).not.toEqual([]);
      expect(valid({ To: PERSON, Bodie: 'x' })).not.toEqual([]);
    },
  );

  test.each([
    [400, 21610, {}, { kind: 'refused', reason: 'twilio-21610', optedOut: true }],
    [400, 21211, {}, { kind: 'refused', reason: 'twilio-21211', optedOut: false }],
    [400, 21612, {}, { kind: 'refused', reason: 'twilio-21612', optedOut: false }],
    [400, 21614, {}, { kind: 'refused', reason: 'twilio-21614', optedOut: false }],
    [403, 21408, {}, { kind: 'refused', reason: 'twilio-21408', optedOut: false }],
    [422, undefined, {}, { kind: 'refused', reason: 'http-422', optedOut: false }],
    [401, 20003, {}, { kind: 'not-sent', reason: 'twilio-20003' }],
    [401, undefined, {}, { kind: 'not-sent', reason: 'http-401' }],
    [403, undefined, {}, { kind: 'not-sent', reason: 'http-403' }],
    [404, 20404, {}, { kind: 'not-sent', reason: 'twilio-20404' }],
    [400, 21606, {}, { kind: 'not-sent', reason: 'twilio-21606', counts: true }],
    [429, 20429, { 'retry-after': '7' }, { kind: 'throttled', retryAfterMs: 7_000 }],
    [429, undefined, {}, { kind: 'throttled', retryAfterMs: 1_000 }],
    [429, 20429, { 'retry-after': 'soon' }, { kind: 'throttled', retryAfterMs: 1_000 }],
    [429, 20429, { 'retry-after': '99999999' }, { kind: 'throttled', retryAfterMs: 3_600_000 }],
    [
      429,
      20429,
      // By the clock of whoever answers: ours may be hours off.
      { 'retry-after': 'Mon, 02 Nov 2026 15:00:30 GMT', date: 'Mon, 02 Nov 2026 15:00:00 GMT' },
      { kind: 'throttled', retryAfterMs: 30_000 },
    ],
    [
      429,
      20429,
      { 'retry-after': 'Mon, 02 Nov 2026 12:00:30 GMT', date: 'today' },
      { kind: 'throttled', retryAfterMs: 30_000 },
    ],
    [400, 21611, {}, { kind: 'throttled', retryAfterMs: 1_000 }],
    [500, undefined, {}, { kind: 'unknown', reason: 'http-500' }],
    [502, undefined, {}, { kind: 'unknown', reason: 'http-502' }],
    [504, 20504, {}, { kind: 'unknown', reason: 'http-504' }],
    [
      302,
      undefined,
      { location: 'http://169.254.169.254/' },
      { kind: 'unknown', reason: 'http-302' },
    ],
    [408, undefined, {}, { kind: 'unknown', reason: 'http-408' }],
  ] as const)(
    'an answer of %s with code %s and %o is %o',
    async (status, code, headers, outcome) => {
      const message = `The 'To' number ${PERSON} is not valid`;
      twilio().post(MESSAGES).reply(status, { code, message, status }, headers);
      expect(await channel.send(outbound('hello'))).toEqual(outcome);
    },
  );

  test.each([
    ['no JSON', '<html>welcome</html>'],
    ['no message', '{"sid":"AC1"}'],
    ['a list', '[]'],
    ['nothing', ''],
    ['half a message', '{"sid":"SM'],
    ['null', 'null'],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('a 200 with %s leaves it open whether it was taken', async (_what, body) => {
    twilio().post(MESSAGES).reply(200, body);
    expect((await channel.send(outbound('hello'))).kind).toBe('unknown');
  });

  test('a text of two messages is one attempt, and cut short it is unknown', async () => {
    const long = outbound(`${'word '.repeat(400)}end`);
    // Its callback must prove that all of it was taken: only the last message has one.
    twilio()
      .post(MESSAGES, (body) => !('StatusCallback' in body))
      .reply(201, { sid: SID });
    twilio()
      .post(MESSAGES, (body) => 'StatusCallback' in body)
      .reply(201, { sid: SID });
    expect((await channel.send(long)).kind).toBe('accepted');
    twilio().post(MESSAGES).reply(201, { sid: SID });
    twilio().post(MESSAGES).reply(400, { code: 21610 });
    expect(await channel.send(long)).toEqual({ kind: 'unknown', reason: 'partly-sent' });
  });

  test('two prompts that fit are one message, parted by a line', async () => {
    twilio()
      .post(MESSAGES, /Body=one%0A%0Atwo/)
      .reply(201, { sid: SID });
    expect((await channel.send(outbound('one', 'two'))).kind).toBe('accepted');
  });
});

describe('at a stand-in on this machine', () => {
  test.each([
    [
      'hangs up before answering',
      (_: IncomingMessage, response: ServerResponse) => response.destroy(),
      'connection-lost',
    ],
    ['is silent', () => undefined, 'timeout'],
    [
      'answers drop by drop',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.write('{"sid":');
      },
      'timeout',
    ],
  ])('a provider that %s: unknown', async (_what, answer, reason) => {
    const server = createServer(answer);
    const apiUrl = `http://127.0.0.1:${await listening(server)}`;
    const channel = smsChannel({ ...account, apiUrl, timeoutMs: 200 });
    expect(await channel.send(outbound('hello'))).toEqual({ kind: 'unknown', reason });
    server.closeAllConnections();
    server.close();
  });

  test('a provider that is not there: nothing was sent', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((closed) => server.close(closed));
    const channel = smsChannel({ ...account, apiUrl: `http://127.0.0.1:${port}` });
    expect(await channel.send(outbound('hello'))).toEqual({
      kind: 'not-sent',
      reason: 'unreachable',
    });
  });
});

describe('a provider that never shook hands was told nothing', () => {
  test.each([
    ['speaks no TLS', createServer()],
    ['accepts and is silent', createTcpServer(() => undefined)],
  ])('one that %s', async (_what, server) => {
    const connections = new Set<Socket>();
    server.on('connection', (socket: Socket) => connections.add(socket));
    const apiUrl = `https://127.0.0.1:${await listening(server)}`;
    const channel = smsChannel({ ...account, apiUrl, timeoutMs: 200 });
    expect(await channel.send(outbound('hello'))).toEqual({
      kind: 'not-sent',
      reason: 'unreachable',
    });
    for (const socket of connections) socket.destroy();
    server.close();
  });
});

test.each([
  [undefined, false],
  ['http://localhost:4010', true],
  ['http://127.0.0.1:4010', true],
  ['http://[::1]:4010', true],
  ['https://eu.twilio.example', false],
])('the API at %s stays on this machine: %s', (apiUrl, stays) => {
  const channel = smsChannel({ ...account, ...(apiUrl ? { apiUrl } : {}) });
  expect(channel.staysOnThisMachine).toBe(stays);
});

test.each([
  'http://twilio.example',
  'http://169.254.169.254',
  'http://127.0.0.1.evil.example',
  'file:///etc',
])('the API at %s is refused at once: credentials would travel in the open', (apiUrl) => {
  expect(() => smsChannel({ ...account, apiUrl })).toThrow('TWILIO_API_URL');
});

test('a message costs its parts', () => {
  const channel = smsChannel(account);
  expect(channel.sender).toBe(FROM);
  expect(channel.cost([say('a'.repeat(160)), say('b')])).toBe(2);
  expect(channel.cost([say('ŵ'.repeat(71))])).toBe(2);
  // Sent, they are one message, and one letter makes all of it dearer; on a response they are two.
  const both = [say('a'.repeat(150)), say('ŵ')];
  expect([channel.cost(both), channel.cost(both, 'on-the-response')]).toEqual([3, 2]);
  const short = [say('Thanks.'), say('Next?')];
  expect([channel.cost(short), channel.cost(short, 'on-the-response')]).toEqual([1, 2]);
});

/** The problems of a form by the specification's schema; a name it does not know is one. */
function formValidator(path: string): (form: unknown) => readonly string[] {
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document as object, 'twilio');
  const pointer =
    'twilio#/paths/~12010-04-01~1Accounts~1%7BAccountSid%7D~1Messages.json/post/requestBody/content/application~1x-www-form-urlencoded/schema';
  const validate = ajv.compile({ $ref: pointer });
  const known = ajv.getSchema(pointer)?.schema;
  const names = new Set(
    Object.keys((known as { properties: object } | undefined)?.properties ?? {}),
  );
  return (form) => {
    validate(form);
    const unknown = Object.keys(form as object).filter((name) => !names.has(name));
    return [...(validate.errors ?? []).map(({ message }) => message ?? ''), ...unknown];
  };
}
