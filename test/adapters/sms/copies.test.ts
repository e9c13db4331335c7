import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, describe, expect, test } from 'vitest';
import { smsChannel } from '../../../adapters/sms/send.ts';
import type { HeldCopies, ProviderCopies } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import { ACCOUNT_SID, AUTH_TOKEN, FROM, listening, PERSON, PUBLIC_URL } from './sms-webhook.ts';

const LIST = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;
const SINCE = new Date('2026-11-02T16:00:00Z');

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Twilio as one answer after another; gives the requests that came. */
async function twilio(...answers: readonly Answer[]) {
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
  servers.push(server);
  const apiUrl = `http://127.0.0.1:${await listening(server)}`;
  return { requests, copies: copiesOf(apiUrl) };
}

type Answer =
  | { readonly status?: number; readonly body?: unknown }
  | ((request: IncomingMessage, response: ServerResponse) => void);

function copiesOf(apiUrl: string, from = FROM): ProviderCopies {
  const { copies } = smsChannel({
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    from,
    publicUrl: PUBLIC_URL,
    apiUrl,
    timeoutMs: 300,
  });
  if (!copies) throw new Error('the SMS channel can look into what its provider holds');
  return copies;
}

function held(number: number, more: object = {}) {
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

function listOf(messages: readonly unknown[], next: string | null = null): Answer {
  return { body: { messages, next_page_uri: next, page: 0, page_size: 100 } };
}

function say(text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language: 'en' };
}

const sent = { address: PERSON, prompts: [say('Here is what happened.')], since: SINCE };

describe('finding what became of many at once', () => {
  const other = { ...sent, address: '+447700900777' };

  test('one list by the sender alone answers for each person, page by page', async () => {
    const { copies, requests } = await twilio(
      listOf([held(2, { to: other.address }), held(3, { to: '+447700900555' })], `${LIST}?Page=1`),
      listOf([held(1, { to: PERSON })]),
    );
    expect(await copies.findMany?.([sent, other, { ...sent, prompts: [say('Else')] }])).toEqual({
      kind: 'listed',
      copies: [
        [{ providerId: held(1).sid, state: 'delivered' }],
        [{ providerId: held(2).sid, state: 'delivered' }],
        [],
      ],
    });
    expect(Object.fromEntries(requests[0]?.url.searchParams ?? [])).toEqual({
      From: FROM,
      PageSize: '500',
    });
  });

  test('no page is read from before the first attempt, and each counts from its own', async () => {
    const early = { to: PERSON, date_sent: 'Mon, 02 Nov 2026 15:50:00 +0000' };
    const { copies, requests } = await twilio(
      listOf([held(1, { to: PERSON }), held(2, early)], `${LIST}?Page=1`),
    );
    const later = { ...sent, since: new Date('2026-11-02T16:30:00Z') };
    expect(await copies.findMany?.([sent, later])).toMatchObject({
      copies: [[{ providerId: held(1).sid }], []],
    });
    expect(requests).toHaveLength(1);
  });

  test('an answer that is no list tells nothing', async () => {
    const { copies } = await twilio({ body: 'garbage' });
    expect(await copies.findMany?.([sent])).toEqual({
      kind: 'cannot-tell',
      reason: 'unreadable-answer',
    });
  });
});

describe('finding what became of a message whose answer was lost', () => {
  test('the list is asked for by both numbers, with their plus signs encoded', async () => {
    const { copies, requests } = await twilio(listOf([held(1)]));
    expect(await copies.find(sent)).toEqual({
      kind: 'listed',
      copies: [{ providerId: held(1).sid, state: 'delivered' }],
    });
    expect(requests[0]?.method).toBe('GET');
    expect(requests[0]?.url.pathname).toBe(LIST);
    expect(Object.fromEntries(requests[0]?.url.searchParams ?? [])).toEqual({
      To: PERSON,
      From: FROM,
      PageSize: '100',
    });
    expect(requests[0]?.url.search).toContain('To=%2B44');
  });

  test('only the same words count, sent by us and not long before', async () => {
    const { copies } = await twilio(
      listOf([
        held(1, { body: 'Here is what happened!' }),
        held(2, { direction: 'outbound-reply' }),
        held(3, { direction: 'inbound' }),
        held(4, { date_sent: 'Mon, 02 Nov 2026 15:50:00 +0000' }),
        held(5, { body: null }),
        held(6, { body: '' }),
      ]),
    );
    expect(await copies.find(sent)).toEqual({ kind: 'listed', copies: [] });
  });

  test('a message that still waits in the queue is found, by the time it was made', async () => {
    const { copies } = await twilio(listOf([held(1, { status: 'queued', date_sent: null })]));
    expect(await copies.find(sent)).toMatchObject({ copies: [{ state: 'accepted' }] });
  });

  test('the same words twice are two copies, the oldest first', async () => {
    const { copies } = await twilio(
      listOf([
        held(2, { date_sent: 'Mon, 02 Nov 2026 16:20:00 +0000', status: 'sent' }),
        held(1, { status: 'failed', error_code: 30005 }),
      ]),
    );
    expect(await copies.find(sent)).toEqual({
      kind: 'listed',
      copies: [
        { providerId: held(1).sid, state: 'failed', reason: 'twilio-30005' },
        { providerId: held(2).sid, state: 'sent' },
      ],
    });
  });

  test('a text of two messages was sent when both are there', async () => {
    const long = { ...sent, prompts: [say(`${'word '.repeat(400)}end`)] };
    const first = 'word '.repeat(320).trim();
    const second = `${'word '.repeat(80)}end`;
    const half = await twilio(listOf([held(1, { body: first })]));
    expect(await half.copies.find(long)).toEqual({ kind: 'listed', copies: [] });
    const whole = await twilio(listOf([held(2, { body: second }), held(1, { body: first })]));
    expect(await whole.copies.find(long)).toMatchObject({ copies: [{ providerId: held(1).sid }] });
  });

  test('page after page is read, to the account’s own list only', async () => {
    const next = `${LIST}?To=%2B447700900123&Page=1&PageToken=PA1`;
    const { copies, requests } = await twilio(
      listOf([held(2, { body: 'other' })], next),
      listOf([held(1)]),
    );
    expect(await copies.find(sent)).toMatchObject({ copies: [{ providerId: held(1).sid }] });
    expect(requests[1]?.url.searchParams.get('PageToken')).toBe('PA1');
    const astray = await twilio(listOf([held(2, { body: 'other' })], '/2010-04-01/Accounts.json?'));
    expect((await astray.copies.find(sent)).kind).toBe('cannot-tell');
    expect(astray.requests).toHaveLength(1);
  });

  test('past what is old enough nothing more is read', async () => {
    const { copies, requests } = await twilio(
      listOf([held(1, { date_sent: 'Sun, 01 Nov 2026 16:00:00 +0000' })], `${LIST}?Page=1`),
    );
    expect(await copies.find(sent)).toEqual({ kind: 'listed', copies: [] });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['is no list', { body: { sid: 'SM1', status: 'queued' } }],
    [
      'is no JSON',
      (_: IncomingMessage, response: ServerResponse): void => void response.end('<html>'),
    ],
    ['fails', { status: 500, body: {} }],
    ['asks to wait', { status: 429, body: {} }],
    ['is silent', () => undefined],
    ['hangs up', (_: IncomingMessage, response: ServerResponse): void => void response.destroy()],
  ] as const)(
    'a provider that %s cannot tell, and no number is in the reason',
    async (_what, how) => {
      const { copies } = await twilio(how);
      const found = await copies.find(sent);
      expect(found.kind).toBe('cannot-tell');
      expect(JSON.stringify(found)).not.toMatch(/900/);
    },
  );
});

describe('what is held', () => {
  test('is listed in both directions, up to a day, page by page', async () => {
    const { copies, requests } = await twilio(
      listOf([held(1), held(2, { status: 'queued' })], `${LIST}?From=%2B447700900999&Page=1`),
      listOf([held(3, { direction: 'outbound-reply' })]),
      listOf([held(4, { direction: 'inbound', status: 'received' }), 'no message', { sid: 'x' }]),
    );
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page: HeldCopies = await copies.list(new Date('2026-11-03T17:00:00Z'), next);
      if (page.kind !== 'page') throw new Error(page.reason);
      seen.push(...page.copies.map((one) => `${Number(one.providerId.slice(2))} ${one.settled}`));
      next = page.next;
    } while (next !== undefined);
    expect(seen).toEqual(['1 true', '2 false', '3 true', '4 true']);
    expect(requests.map(({ url }) => url.searchParams.get('DateSent<'))).toEqual([
      '2026-11-03',
      null,
      '2026-11-03',
    ]);
    expect(requests[0]?.url.searchParams.get('From')).toBe(FROM);
    expect(requests[2]?.url.searchParams.get('To')).toBe(FROM);
  });

  test('through a messaging service is what names it', async () => {
    const service = `MG${'2'.repeat(32)}`;
    const server = createServer((_request, response) => {
      const messages = [held(1), held(2, { messaging_service_sid: service })];
      response.end(JSON.stringify({ messages, next_page_uri: null }));
    });
    servers.push(server);
    const copies = copiesOf(`http://127.0.0.1:${await listening(server)}`, service);
    expect(await copies.list(SINCE)).toMatchObject({ copies: [{ providerId: held(2).sid }] });
  });
});

describe('deleting', () => {
  test('a message is one request', async () => {
    const { copies, requests } = await twilio({ status: 204 });
    expect(await copies.remove(held(1).sid)).toEqual({ kind: 'gone' });
    expect(requests).toMatchObject([{ method: 'DELETE' }]);
    expect(requests[0]?.url.pathname).toBe(
      `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/${held(1).sid}.json`,
    );
  });

  test.each([
    [{ status: 404, body: { code: 20404 } }, 'gone'],
    [{ status: 409, body: { code: 20009 } }, 'not-yet'],
    [{ status: 500, body: {} }, 'not-yet'],
    [() => undefined, 'not-yet'],
    [{ status: 429, body: { code: 20429 } }, 'unavailable'],
    [{ status: 401, body: { code: 20003 } }, 'unavailable'],
  ] as const)('%o is %s', async (answer, kind) => {
    const { copies } = await twilio(answer);
    expect((await copies.remove(held(1).sid)).kind).toBe(kind);
  });

  test('at a provider that is not there waits', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((closed) => server.close(closed));
    expect(await copiesOf(`http://127.0.0.1:${port}`).remove(held(1).sid)).toEqual({
      kind: 'unavailable',
      reason: 'unreachable',
    });
  });
});

const specification = resolve(
  import.meta.dirname,
  '../../../../shared/specs/twilio_api_v2010.json',
);

test.skipIf(!existsSync(specification))(
  "the requests have the form that Twilio's specification asks for (skipped without the specification)",
  async () => {
    const { copies, requests } = await twilio(listOf([]), listOf([]), { status: 204 });
    await copies.find(sent);
    await copies.list(SINCE);
    await copies.remove(held(1).sid);
    const paths = JSON.parse(readFileSync(specification, 'utf8')).paths;
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const list = paths['/2010-04-01/Accounts/{AccountSid}/Messages.json'].get.parameters;
    const schemas = new Map<string, { readonly type: string }>(
      list.flatMap((one: { in: string; name: string; schema: { type: string } }) =>
        one.in === 'query' ? [[one.name, one.schema]] : [],
      ),
    );
    const asked = requests.slice(0, 2).flatMap(({ url }) => [...url.searchParams]);
    expect(asked.length).toBeGreaterThan(5);
    for (const [name, value] of asked) {
      const schema = schemas.get(name);
      if (!schema) throw new Error(`the specification has no parameter ${name}`);
      expect(ajv.validate(schema, schema.type === 'integer' ? Number(value) : value)).toBe(true);
    }
    const one = paths['/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json'].delete.parameters;
    const sid = one.find((parameter: { name: string }) => parameter.name === 'Sid');
    const deleted = /Messages\/(.+)\.json$/.exec(requests[2]?.url.pathname ?? '')?.[1];
    expect(ajv.validate(sid.schema, deleted)).toBe(true);
  },
);
