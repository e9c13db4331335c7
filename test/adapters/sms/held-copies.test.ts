/** What the provider holds of messages is listed, and deleted one by one. */
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { HeldCopies } from '../../../src/channel.ts';
import { ACCOUNT_SID, FROM, listening } from './sms-webhook.ts';
import { copiesOf, held, LIST, listOf, twilio } from './twilio-copies.ts';

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
