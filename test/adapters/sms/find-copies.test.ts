/** What became of messages whose answers were lost is found in what the provider lists. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { FROM, PERSON } from './sms-webhook.ts';
import { held, LIST, listOf, say, sent, twilio } from './twilio-copies.ts';

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
