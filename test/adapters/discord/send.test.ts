import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discordChannel } from '../../../adapters/discord/discord-channel.ts';
import type { Channel } from '../../../src/channel.ts';
import { describedApi, isDescribed, WHY_SKIPPED } from '../../support/discord/described-api.ts';
import type { Fault } from '../../support/discord/faults.ts';
import { type StandIn, startStandIn } from '../../support/discord/stand-in.ts';
import { statement } from '../../support/prompts.ts';
import { OTHER, optionsFor, PERSON } from './start-bot.ts';

const MESSAGES = /^\/channels\/\d+\/messages$/;
const OPENING = /^\/users\/@me\/channels$/;
let standIn: StandIn;
let channel: Channel;
let now = new Date('2026-11-02T16:00:00Z');

beforeEach(async () => {
  standIn = await startStandIn();
  channel = discordChannel(optionsFor(standIn, { now: () => now, timeoutMs: 5_000 }));
});
afterEach(async () => {
  await standIn.close();
  expect(standIn.problems).toEqual([]);
});

const send = (text = 'News of the park.', nonce = 'f3b8d6a0-0000-4000-8000-000000000001') =>
  channel.send({ address: PERSON, prompts: [statement(text)], nonce });
const sent = () => standIn.requests.filter(({ path }) => MESSAGES.test(path));

test('a direct message is opened once, sent, and accepted with its id', async () => {
  const outcome = await send();
  expect(outcome).toEqual({ kind: 'accepted', providerId: standIn.messages[0]?.id });
  await send('More news.', 'f3b8d6a0-0000-4000-8000-000000000002');
  expect(standIn.messages.map(({ content }) => content)).toEqual([
    'News of the park.',
    'More news.',
  ]);
  expect(standIn.requests.filter(({ path }) => OPENING.test(path))).toHaveLength(1);
});

test('nobody is called by name, and the attempt’s nonce makes a repeat harmless', async () => {
  await send('@everyone <@100000000000000002> hello');
  await send('@everyone <@100000000000000002> hello');
  expect(standIn.messages).toHaveLength(1);
  expect(sent()[0]?.body).toMatchObject({ allowed_mentions: { parse: [] }, enforce_nonce: true });
  expect(standIn.messages[0]?.content).toBe('\\@everyone \\<\\@100000000000000002\\> hello');
});

test('2,001 characters go in two messages, cut between words and never in a helpline', async () => {
  const text = `${'a '.repeat(994)}Childline 0800 1111 now`;
  expect(text.length).toBeGreaterThan(2_000);
  expect((await send(text)).kind).toBe('accepted');
  expect(standIn.messages.map(({ content }) => content.length <= 2_000)).toEqual([true, true]);
  expect(standIn.messages.map(({ content }) => content).join(' ')).toBe(text.trim());
  expect(standIn.messages.some(({ content }) => content.includes('0800 1111'))).toBe(true);
  expect(channel.cost([statement(text)])).toBe(2);
});

describe('what became of an attempt', () => {
  const refused = (status: number, code: number): Fault => ({
    status,
    body: { code, message: 'no' },
  });
  test.each<[string, Fault, unknown]>([
    [
      'closed direct messages',
      refused(403, 50007),
      { kind: 'refused', reason: 'discord-50007', optedOut: true },
    ],
    [
      'no server in common',
      refused(403, 50278),
      { kind: 'refused', reason: 'discord-50278', optedOut: true },
    ],
    [
      'not allowed',
      refused(403, 50001),
      { kind: 'refused', reason: 'discord-50001', optedOut: false },
    ],
    [
      'nothing there',
      refused(404, 10003),
      { kind: 'refused', reason: 'discord-10003', optedOut: false },
    ],
    ['our own fault', refused(400, 50035), { kind: 'failed', reason: 'discord-50035' }],
    ['a wrong token', refused(401, 0), { kind: 'not-sent', reason: 'http-401' }],
    ['a broken server', { status: 502 }, { kind: 'unknown', reason: 'http-502' }],
    ['garbage', { status: 200, body: 'what' }, { kind: 'unknown', reason: 'unreadable-answer' }],
    ['a cut connection', 'reset', { kind: 'unknown', reason: 'connection-lost' }],
    ['cut after it was taken', 'reset-after', { kind: 'unknown', reason: 'connection-lost' }],
    ['silence', 'silence', { kind: 'unknown', reason: 'timeout' }],
    [
      'too fast',
      {
        status: 429,
        body: { message: 'slow', retry_after: 2.5, global: false },
        headers: { 'retry-after': '3' },
      },
      { kind: 'throttled', retryAfterMs: 2500, onlyHere: true },
    ],
    [
      'too fast altogether',
      { status: 429, body: { message: 'slow', retry_after: 2.5, global: true } },
      { kind: 'throttled', retryAfterMs: 2500 },
    ],
    [
      'slow mode',
      { status: 400, body: { code: 20016, message: 'slow', retry_after: 3600 } },
      { kind: 'throttled', retryAfterMs: 3_600_000, onlyHere: true },
    ],
  ])('%s', async (_, fault, outcome) => {
    standIn.fail('POST', MESSAGES, fault);
    expect(await send()).toEqual(outcome);
    expect(sent()).toHaveLength(1);
  });

  test.each<[string, Fault, unknown]>([
    ['a broken server', { status: 500 }, { kind: 'not-sent', reason: 'http-500', counts: true }],
    ['a cut connection', 'reset', { kind: 'not-sent', reason: 'connection-lost', counts: true }],
    [
      'opening too fast',
      { status: 429, body: { code: 40003, message: 'slow', retry_after: 7 } },
      { kind: 'throttled', retryAfterMs: 7000 },
    ],
    ['closed', refused(403, 50007), { kind: 'refused', reason: 'discord-50007', optedOut: true }],
  ])('before the message could leave: %s', async (_, fault, outcome) => {
    standIn.fail('POST', OPENING, fault);
    expect(await send()).toEqual(outcome);
    expect(sent()).toHaveLength(0);
  });

  test('nobody there', async () => {
    const gone = await startStandIn();
    const unreachable = discordChannel(optionsFor(gone));
    await gone.close();
    expect(
      await unreachable.send({ address: PERSON, prompts: [statement('Hi')], nonce: 'n' }),
    ).toEqual({ kind: 'not-sent', reason: 'unreachable' });
  });
});

describe('what Discord told us to wait for', () => {
  afterEach(() => {
    now = new Date('2026-11-02T16:00:00Z');
  });

  test('a used-up bucket is waited for without a call', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '4' };
    standIn.fail('POST', MESSAGES, { status: 200, body: { id: '1' }, headers });
    await send();
    expect(await send('2')).toEqual({ kind: 'throttled', retryAfterMs: 4000, onlyHere: true });
    expect(sent()).toHaveLength(1);
    now = new Date(now.getTime() + 4_001);
    expect((await send('2')).kind).toBe('accepted');
  });

  test('a limit for everything holds back every person', async () => {
    const headers = { 'x-ratelimit-scope': 'global', 'x-ratelimit-global': 'true' };
    const body = { message: 'slow', retry_after: 3, global: true };
    standIn.fail('POST', MESSAGES, { status: 429, body, headers });
    await send();
    const other = { address: OTHER, prompts: [statement('Hi')], nonce: 'n' };
    expect(await channel.send(other)).toEqual({ kind: 'throttled', retryAfterMs: 3000 });
    expect(standIn.requests).toHaveLength(2);
  });

  test('a refused token is tried once a minute, and refusals stop before Discord bans us', async () => {
    standIn.token = 'another';
    expect(await send()).toEqual({ kind: 'not-sent', reason: 'http-401' });
    expect((await send()).kind).toBe('throttled');
    standIn.token = 'stand-in-token-of-the-bot';
    standIn.fail('POST', MESSAGES, { status: 403, body: { code: 50001, message: 'no' } }, 5_000);
    let calls = 0;
    for (; calls < 5_000; calls++) {
      now = new Date(now.getTime() + 100);
      if (calls === 0) now = new Date(now.getTime() + 60_000);
      if ((await send('x', String(calls))).kind === 'throttled') break;
    }
    expect(calls).toBeLessThan(5_000);
    expect(calls).toBeGreaterThan(1_000);
  }, 60_000);
});

describe('a server', () => {
  const toServer = (reference?: string) =>
    channel.send({
      address: `chat:${standIn.guildId}`,
      prompts: [statement('The bus: looking into it.')],
      nonce: 'n',
      ...(reference === undefined ? {} : { reference }),
    });

  test('gets its posts in the channel it chose', async () => {
    expect((await toServer(`${standIn.channelId}/400000000000000001`)).kind).toBe('accepted');
    expect(standIn.messages[0]?.channelId).toBe(standIn.channelId);
  });

  test('without a chosen channel, or with one that was deleted, there is a clear end', async () => {
    expect(await toServer()).toMatchObject({ kind: 'refused', optedOut: false });
    expect(await toServer('../../evil')).toMatchObject({ kind: 'refused' });
    standIn.fail('POST', MESSAGES, {
      status: 404,
      body: { code: 10003, message: 'Unknown Channel' },
    });
    expect(await toServer(standIn.channelId)).toMatchObject({
      kind: 'refused',
      reason: 'discord-10003',
    });
  });
});

test('the token goes by https or stays on this machine', () => {
  for (const apiUrl of [
    'http://discord.example/api',
    'http://127.0.0.1.evil.example',
    'ftp://x',
    'nonsense',
    'https://user@discord.com/api',
  ])
    expect(() => discordChannel(optionsFor({ apiUrl, applicationId: '7' }))).toThrow(
      'DISCORD_API_URL',
    );
  const ours = (apiUrl: string) => discordChannel(optionsFor({ apiUrl, applicationId: '7' }));
  expect(ours('https://discord.example/api').staysOnThisMachine).toBe(false);
  expect(ours('http://localhost:3001/api').staysOnThisMachine).toBe(true);
  expect(ours('http://localhost:3001/api').sender).toBe('discord:7');
});

test.skipIf(!isDescribed)(
  `the judge finds fault with what is wrong (${isDescribed ? 'judged' : WHY_SKIPPED})`,
  () => {
    const { request } = describedApi();
    expect(request('POST', '/channels/1/messages', { content: 'x'.repeat(4_001) })).not.toEqual([]);
    expect(request('POST', '/channels/1/messages', { nonce: 'x'.repeat(26) })).not.toEqual([]);
    expect(request('POST', '/interactions/1/token/callback', { type: 99 })).not.toEqual([]);
    expect(request('POST', '/nowhere', {})).not.toEqual([]);
  },
);
