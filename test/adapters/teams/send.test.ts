/** Writing to somebody later: in what form, and where it may go. */
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import type { Fault } from '../../support/teams/connector.ts';
import { BOT, TENANT } from '../../support/teams/stand-in.ts';
import { CHANNEL, channelForEachTest, GROUP, NEWS } from './channel-for-each-test.ts';

const here = channelForEachTest();
const { make, reference, send } = here;

test('feedback reaches the person’s own chat, as a text', async () => {
  expect(await send()).toMatchObject({ kind: 'accepted', providerId: expect.stringMatching(/\d/) });
  const [posted] = here.teams.connector.posted('a:own');
  expect(posted?.activity).toMatchObject({
    type: 'message',
    text: NEWS.text,
    textFormat: 'plain',
    locale: 'en',
  });
});

test('what is asked with buttons has them, and says in a notification no more than who writes', async () => {
  const rating: Prompt = {
    ...NEWS,
    text: 'Did we get it right?',
    input: { kind: 'one', layout: 'row', options: [{ id: '1', label: '1' }] },
    target: { step: '_rating', revision: 0 },
  };
  expect(await send({ prompts: [NEWS, rating] })).toMatchObject({ kind: 'accepted' });
  const posted = here.teams.connector.posted('a:own');
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
  expect(here.teams.connector.posted(GROUP)).toHaveLength(1);
  expect(here.teams.connector.posted(CHANNEL)).toHaveLength(1);
});

test('a chat of several is asked nothing, whatever it is given to say', async () => {
  const asking: Prompt = {
    ...NEWS,
    input: { kind: 'text', maxLength: 300 },
    keys: [{ command: 'stop', label: 'Stop' }],
  };
  const group = reference({ id: GROUP, conversationType: 'groupChat' });
  await send({ address: `chat:${GROUP}`, reference: group, prompts: [asking] });
  const [posted] = here.teams.connector.posted(GROUP);
  expect(posted?.activity.text).toContain(NEWS.text);
  expect(posted?.activity.attachments).toBeUndefined();
});

describe('somebody who was only ever met among others', () => {
  const opening = (more: { tenantId?: string; serviceUrl?: string; user?: string } = {}): string =>
    JSON.stringify({
      channelId: 'msteams',
      serviceUrl: more.serviceUrl ?? here.teams.serviceUrl,
      conversation: { conversationType: 'personal', tenantId: more.tenantId ?? TENANT },
      user: { id: more.user ?? '29:amal' },
      bot: { id: BOT },
    });
  const opened = () =>
    here.teams.connector.calls.filter(({ path }) => path === '/v3/conversations');

  test('is told in a chat of their own, which is opened once', async () => {
    here.teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    expect(await send({ reference: opening() })).toMatchObject({ kind: 'accepted' });
    expect(await send({ reference: opening() })).toMatchObject({ kind: 'accepted' });
    expect(here.teams.connector.posted('a:amal')).toHaveLength(2);
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
    here.teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    here.teams.connector.faults.push('none', { status: 403 });
    expect(await send({ reference: opening() })).toEqual(notYet);
    expect(await send({ reference: opening() })).toMatchObject({ kind: 'accepted' });
    expect(opened()).toHaveLength(3);
  });

  test.each<[string, readonly Fault[], SendOutcome]>([
    ['too fast', [{ status: 429 }], { kind: 'throttled', retryAfterMs: 1_499 }],
    ['500', [{ status: 500 }], { kind: 'not-sent', reason: 'http-500', counts: true }],
    ['silence', ['silence'], { kind: 'not-sent', reason: 'timeout', counts: true }],
    ['a reset', ['taken-and-reset'], { kind: 'not-sent', reason: 'connection-lost', counts: true }],
    ['nobody known', [{ status: 404 }], { kind: 'refused', reason: 'http-404', optedOut: false }],
    [
      'garbage',
      [{ status: 201, body: '<html>' }],
      { kind: 'not-sent', reason: 'unreadable-answer', counts: true },
    ],
  ])('opening it: %s; nothing was said, so it may go again', async (_what, faults, outcome) => {
    here.teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    here.teams.connector.faults.push(...faults);
    expect(await send({ reference: opening() })).toEqual(outcome);
    expect(here.teams.connector.posted('a:amal')).toEqual([]);
  });

  test('what may have arrived is not sent again', async () => {
    here.teams.connector.chat('a:amal', { members: ['29:amal'], personal: '29:amal' });
    here.teams.connector.faults.push('none', 'taken-and-reset');
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
    expect(here.teams.connector.calls).toEqual([]);
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
    expect(here.teams.issuer.asked).toEqual([]);
    expect(here.teams.connector.calls).toEqual([]);
  });
});

test('trial mode lets pass what stays on this machine', () => {
  expect(here.channel.staysOnThisMachine).toBe(true);
  expect(make({ serviceUrls: ['https://smba.trafficmanager.net'] }).staysOnThisMachine).toBe(false);
  const both = [here.teams.connector.url, 'https://smba.trafficmanager.net'];
  expect(make({ serviceUrls: both }).staysOnThisMachine).toBe(false);
});

test('the rate is one bot’s, and a reply is one message', () => {
  expect(here.channel.sender).toBe(`teams:${here.teams.settings.appId}`);
  expect(here.channel.cost([NEWS, NEWS])).toBe(1);
});
