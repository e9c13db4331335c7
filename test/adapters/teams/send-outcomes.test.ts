/** What became of what was sent: what certainly went, certainly did not, and what nobody knows. */
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../../src/channel.ts';
import type { Fault } from '../../support/teams/connector.ts';
import { channelForEachTest } from './channel-for-each-test.ts';

const here = channelForEachTest();
const { reference, send, use } = here;

describe('what became of it', () => {
  test.each<[string, readonly Fault[], SendOutcome]>([
    ['blocked', [{ status: 403 }], { kind: 'refused', reason: 'http-403', optedOut: true }],
    ['gone', [{ status: 404 }], { kind: 'refused', reason: 'http-404', optedOut: false }],
    ['too fast', [{ status: 429, retryAfter: '10' }], { kind: 'throttled', retryAfterMs: 14_999 }],
    ['too fast, no word of when', [{ status: 429 }], { kind: 'throttled', retryAfterMs: 1_499 }],
    [
      'too fast until a date',
      [
        {
          status: 429,
          retryAfter: 'Mon, 02 Nov 2026 19:00:20 GMT',
          date: 'Mon, 02 Nov 2026 19:00:00 GMT',
        },
      ],
      { kind: 'throttled', retryAfterMs: 29_999 },
    ],
    [
      'at the same time',
      [{ status: 412 }],
      { kind: 'throttled', retryAfterMs: 1_499, onlyHere: true },
    ],
    [
      'an id that no database takes',
      [{ status: 201, body: JSON.stringify({ id: 'a\0b' }) }],
      { kind: 'unknown', reason: 'unreadable-answer' },
    ],
    ['502', [{ status: 502 }], { kind: 'unknown', reason: 'http-502' }],
    ['504', [{ status: 504 }], { kind: 'unknown', reason: 'http-504' }],
    ['500', [{ status: 500 }], { kind: 'unknown', reason: 'http-500' }],
    ['elsewhere', [{ status: 302 }], { kind: 'unknown', reason: 'http-302' }],
    ['wrong', [{ status: 400 }], { kind: 'failed', reason: 'http-400' }],
    ['too large', [{ status: 413 }], { kind: 'failed', reason: 'http-413' }],
    [
      'our secret is no good',
      [{ status: 401 }, { status: 401 }],
      { kind: 'not-sent', reason: 'http-401' },
    ],
    [
      'garbage',
      [{ status: 200, body: '<html>' }],
      { kind: 'unknown', reason: 'unreadable-answer' },
    ],
    ['silence', ['silence'], { kind: 'unknown', reason: 'timeout' }],
    ['a reset', ['taken-and-reset'], { kind: 'unknown', reason: 'connection-lost' }],
  ])('%s', async (_what, faults, outcome) => {
    here.teams.connector.faults.push(...faults);
    expect(await send()).toEqual(outcome);
    expect(here.teams.connector.calls).toHaveLength(faults.length);
  });

  test('nobody there at all: it certainly did not go', async () => {
    const nowhere = 'http://127.0.0.1:1';
    use({ serviceUrls: [nowhere] });
    expect(await send({ reference: reference({ serviceUrl: nowhere }) })).toEqual({
      kind: 'not-sent',
      reason: 'unreachable',
    });
  });

  test('no token to be had: it certainly did not go', async () => {
    here.teams.issuer.fault.login = 'down';
    expect(await send()).toEqual({ kind: 'not-sent', reason: 'no-token' });
    expect(here.teams.connector.calls).toEqual([]);
  });

  test('a token that Microsoft took back is exchanged, and the message goes once', async () => {
    await send();
    here.teams.issuer.revoke();
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(here.teams.connector.posted('a:own')).toHaveLength(2);
  });

  test('fifty at once ask for one token', async () => {
    await Promise.all(Array.from({ length: 50 }, () => send()));
    expect(here.teams.issuer.asked).toHaveLength(1);
    expect(here.teams.connector.posted('a:own')).toHaveLength(50);
  });
});
