/** Writing to somebody later: where it may go, and what became of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { teamsChannel } from '../../../adapters/teams/teams-channel.ts';
import type { TeamsOptions } from '../../../adapters/teams/teams-options.ts';
import type { Channel, SendOutcome } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import type { Fault } from '../../support/teams/connector.ts';
import { BOT, type StandInTeams, startTeamsStandIn, TENANT } from '../../support/teams/stand-in.ts';
import { PUBLIC_URL, say } from './teams-bot.ts';

const PERSON = `${TENANT}/00000000-1111-4222-8333-444444444444`;
const GROUP = '19:group@thread.v2';
const CHANNEL = '19:channel@thread.tacv2';
const statement: Prompt = {
  text: 'Most picked the skate ramp. Councillor Green said yes.',
  input: { kind: 'none' },
  keys: [],
  language: 'en',
};

let teams: StandInTeams;
let channel: Channel;

beforeEach(async () => {
  teams = await startTeamsStandIn();
  teams.connector.chat('a:own', { members: [] });
  teams.connector.chat(GROUP, { members: [] });
  teams.connector.chat(CHANNEL, { members: [] });
  channel = make();
});
afterEach(() => teams.close());

function make(more: Partial<TeamsOptions> = {}): Channel {
  const ambient = {
    now: () => new Date('2026-11-02T16:00:00Z'),
    below: (below: number) => below - 1,
  };
  const options = {
    ...teams.settings,
    publicUrl: PUBLIC_URL,
    organisation: 'Bury Council',
    ambient,
  };
  return teamsChannel({ ...options, timeoutMs: 400, ...more }, { say });
}

interface Place {
  readonly id?: string;
  readonly conversationType?: string;
  readonly tenantId?: string;
  readonly serviceUrl?: string;
}

function reference(place: Place = {}): string {
  const { id = 'a:own', conversationType = 'personal', tenantId = TENANT, serviceUrl } = place;
  return JSON.stringify({
    channelId: 'msteams',
    serviceUrl: serviceUrl ?? teams.serviceUrl,
    conversation: { id, conversationType, tenantId },
    bot: { id: BOT },
  });
}

function send(more: { address?: string; reference?: string; prompts?: readonly Prompt[] } = {}) {
  return channel.send({
    address: PERSON,
    reference: reference(),
    prompts: [statement],
    nonce: 'a-nonce',
    ...more,
  });
}

test('feedback reaches the person’s own chat, as a text', async () => {
  expect(await send()).toMatchObject({ kind: 'accepted', providerId: expect.stringMatching(/\d/) });
  const [posted] = teams.connector.posted('a:own');
  expect(posted?.activity).toMatchObject({
    type: 'message',
    text: statement.text,
    textFormat: 'plain',
    locale: 'en',
  });
});

test('what is asked with buttons has them, and says in a notification no more than who writes', async () => {
  const rating: Prompt = {
    ...statement,
    text: 'Did we get it right?',
    input: { kind: 'one', layout: 'row', options: [{ id: '1', label: '1' }] },
    target: { step: '_rating', revision: 0 },
  };
  expect(await send({ prompts: [statement, rating] })).toMatchObject({ kind: 'accepted' });
  const posted = teams.connector.posted('a:own');
  expect(posted).toHaveLength(1);
  expect(posted[0]?.activity).toMatchObject({ summary: 'Bury Council' });
  expect(JSON.stringify(posted[0]?.activity)).toContain('Most picked the skate ramp');
});

test('a chat that took part is told in the chat; a channel, in a thread of its own', async () => {
  const group = reference({ id: GROUP, conversationType: 'groupChat' });
  expect(await send({ address: `chat:${GROUP}`, reference: group })).toMatchObject({
    kind: 'accepted',
  });
  const inChannel = reference({ id: CHANNEL, conversationType: 'channel' });
  expect(await send({ address: `chat:${CHANNEL}`, reference: inChannel })).toMatchObject({
    kind: 'accepted',
  });
  expect(teams.connector.posted(GROUP)).toHaveLength(1);
  expect(teams.connector.posted(CHANNEL)).toHaveLength(1);
});

test('a chat of several is asked nothing, whatever it is given to say', async () => {
  const asking: Prompt = {
    ...statement,
    input: { kind: 'text', maxLength: 300 },
    keys: [{ command: 'stop', label: 'Stop' }],
  };
  const group = reference({ id: GROUP, conversationType: 'groupChat' });
  await send({ address: `chat:${GROUP}`, reference: group, prompts: [asking] });
  expect(teams.connector.posted(GROUP)[0]?.activity.attachments).toBeUndefined();
});

describe('somebody who was only ever met among others', () => {
  const opening = (more: { tenantId?: string; serviceUrl?: string; user?: string } = {}): string =>
    JSON.stringify({
      channelId: 'msteams',
      serviceUrl: more.serviceUrl ?? teams.serviceUrl,
      conversation: { conversationType: 'personal', tenantId: more.tenantId ?? TENANT },
      user: { id: more.user ?? '29:amal' },
      bot: { id: BOT },
    });
  const opened = () => teams.connector.calls.filter(({ path }) => path === '/v3/conversations');

  test('is told in a chat of their own, which is opened once', async () => {
    teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    expect(await send({ reference: opening() })).toMatchObject({ kind: 'accepted' });
    expect(await send({ reference: opening() })).toMatchObject({ kind: 'accepted' });
    expect(teams.connector.posted('a:amal')).toHaveLength(2);
    expect(opened().map(({ body }) => body)).toEqual([
      {
        bot: { id: BOT },
        members: [{ id: '29:amal' }],
        isGroup: false,
        tenantId: TENANT,
        channelData: { tenant: { id: TENANT } },
      },
    ]);
  });

  test('without the app they cannot be told yet; with it they are, the next time', async () => {
    const notYet = { kind: 'refused', reason: 'not-installed', optedOut: false };
    expect(await send({ reference: opening() })).toEqual(notYet);
    teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    teams.connector.faults.push('none', { status: 403 });
    expect(await send({ reference: opening() })).toEqual(notYet);
    expect(await send({ reference: opening() })).toMatchObject({ kind: 'accepted' });
    expect(opened()).toHaveLength(3);
  });

  test.each<[string, readonly Fault[], SendOutcome]>([
    ['too fast', [{ status: 429 }], { kind: 'throttled', retryAfterMs: 1_499 }],
    ['500', [{ status: 500 }], { kind: 'not-sent', reason: 'http-500' }],
    ['silence', ['silence'], { kind: 'not-sent', reason: 'timeout' }],
    ['a reset', ['taken-and-reset'], { kind: 'not-sent', reason: 'connection-lost' }],
    ['nobody known', [{ status: 404 }], { kind: 'refused', reason: 'http-404', optedOut: false }],
    [
      'garbage',
      [{ status: 201, body: '<html>' }],
      { kind: 'not-sent', reason: 'unreadable-answer' },
    ],
  ])('opening it: %s; nothing was said, so it may go again', async (_what, faults, outcome) => {
    teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    teams.connector.faults.push(...faults);
    expect(await send({ reference: opening() })).toEqual(outcome);
    expect(teams.connector.posted('a:amal')).toEqual([]);
  });

  test('what may have arrived is not sent again', async () => {
    teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    teams.connector.faults.push('none', 'taken-and-reset');
    expect(await send({ reference: opening() })).toEqual({
      kind: 'unknown',
      reason: 'connection-lost',
    });
  });

  test.each<[string, () => { address?: string; reference?: string }]>([
    ['another organisation', () => ({ reference: opening({ tenantId: 'elsewhere' }) })],
    [
      'an address inside',
      () => ({ reference: opening({ serviceUrl: 'http://169.254.169.254/' }) }),
    ],
    ['a group', () => ({ address: `chat:${GROUP}`, reference: opening() })],
    ['somebody else', () => ({ address: '29:ben', reference: opening() })],
  ])('no token of ours leaves for %s', async (_what, made) => {
    expect(await send(made())).toMatchObject({ kind: 'refused', optedOut: false });
    expect(teams.connector.calls).toEqual([]);
  });
});

describe('a reference that leads elsewhere gets nothing, and no token of ours leaves', () => {
  test.each<[string, () => { address?: string; reference?: string }]>([
    ['none', () => ({ reference: '' })],
    ['no JSON', () => ({ reference: '{' })],
    ['of another shape', () => ({ reference: '{"conversation":"a:own"}' })],
    [
      'another organisation',
      () => ({ reference: reference({ tenantId: 'ffffffff-bbbb-4ccc-8ddd-eeeeeeeeeeee' }) }),
    ],
    ['somebody’s chat, to a group', () => ({ address: `chat:${GROUP}` })],
    [
      'a group, to somebody',
      () => ({ reference: reference({ id: GROUP, conversationType: 'groupChat' }) }),
    ],
    [
      'one group, to another',
      () => ({
        address: 'chat:19:other@thread.v2',
        reference: reference({ id: GROUP, conversationType: 'groupChat' }),
      }),
    ],
    [
      'an address inside',
      () => ({ reference: reference({ serviceUrl: 'http://169.254.169.254/' }) }),
    ],
    [
      'a look-alike',
      () => ({
        reference: reference({ serviceUrl: 'https://smba.trafficmanager.net.evil.example/' }),
      }),
    ],
  ])('%s', async (_what, made) => {
    expect(await send(made())).toMatchObject({ kind: 'refused', optedOut: false });
    expect(teams.issuer.asked).toEqual([]);
    expect(teams.connector.calls).toEqual([]);
  });
});

describe('what became of it', () => {
  test.each<[string, readonly Fault[], SendOutcome]>([
    ['blocked', [{ status: 403 }], { kind: 'refused', reason: 'http-403', optedOut: true }],
    ['gone', [{ status: 404 }], { kind: 'refused', reason: 'http-404', optedOut: false }],
    ['too fast', [{ status: 429, retryAfter: '10' }], { kind: 'throttled', retryAfterMs: 14_999 }],
    ['too fast, no word of when', [{ status: 429 }], { kind: 'throttled', retryAfterMs: 1_499 }],
    [
      'too fast until a date',
      [{ status: 429, retryAfter: 'Mon, 02 Nov 2026 16:00:20 GMT' }],
      { kind: 'throttled', retryAfterMs: 29_999 },
    ],
    ['at the same time', [{ status: 412 }], { kind: 'throttled', retryAfterMs: 1_499 }],
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
    teams.connector.faults.push(...faults);
    expect(await send()).toEqual(outcome);
    expect(teams.connector.calls).toHaveLength(faults.length);
  });

  test('nobody there at all: it certainly did not go', async () => {
    const nowhere = 'http://127.0.0.1:1';
    channel = make({ serviceUrls: [nowhere] });
    expect(await send({ reference: reference({ serviceUrl: nowhere }) })).toEqual({
      kind: 'not-sent',
      reason: 'unreachable',
    });
  });

  test('no token to be had: it certainly did not go', async () => {
    teams.issuer.fault.login = 'down';
    expect(await send()).toEqual({ kind: 'not-sent', reason: 'no-token' });
    expect(teams.connector.calls).toEqual([]);
  });

  test('a token that Microsoft took back is exchanged, and the message goes once', async () => {
    await send();
    teams.issuer.revoke();
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(teams.connector.posted('a:own')).toHaveLength(2);
  });

  test('fifty at once ask for one token', async () => {
    await Promise.all(Array.from({ length: 50 }, () => send()));
    expect(teams.issuer.asked).toHaveLength(1);
    expect(teams.connector.posted('a:own')).toHaveLength(50);
  });
});

test('trial mode lets pass what stays on this machine', () => {
  expect(channel.staysOnThisMachine).toBe(true);
  expect(make({ serviceUrls: ['https://smba.trafficmanager.net'] }).staysOnThisMachine).toBe(false);
  const both = [teams.connector.url, 'https://smba.trafficmanager.net'];
  expect(make({ serviceUrls: both }).staysOnThisMachine).toBe(false);
});

test('the rate is one bot’s, and a reply is one message', () => {
  expect(channel.sender).toBe(`teams:${teams.settings.appId}`);
  expect(channel.cost([statement, statement])).toBe(1);
});
