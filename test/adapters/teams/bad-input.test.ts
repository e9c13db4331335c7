/** What comes in the wrong shape, from the wrong place or from nobody: each a clear end. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceUrls } from '../../../adapters/teams/service-urls.ts';
import type { Receive } from '../../../src/channel.ts';
import type { ReceiveInChat } from '../../../src/shared-chat.ts';
import { messageIn } from '../../support/teams/activity.ts';
import { teamsPerson } from '../../support/teams/person.ts';
import { APP_ID, BOT, TENANT } from '../../support/teams/stand-in.ts';
import { startTeamsBot, type TeamsBot } from './teams-bot.ts';

const receive = vi.fn<Receive>();
const inChat = vi.fn<ReceiveInChat>();
let bot: TeamsBot;

beforeEach(async () => {
  receive.mockReset().mockResolvedValue({ kind: 'silence' });
  inChat.mockReset().mockResolvedValue({ posts: [] });
  bot = await startTeamsBot({ receive, inChat });
});
afterEach(() => bot.close());

const activity = (more: object = {}) => messageIn(bot.teams, more);

describe('refused by its shape', () => {
  test.each<[string, () => { body?: string; activity?: object }, number]>([
    ['no JSON', () => ({ body: '{"type":' }), 400],
    ['an empty body', () => ({ body: '' }), 400],
    ['a list', () => ({ body: '[]' }), 400],
    ['another channel', () => ({ activity: activity({ channelId: 'emulator' }) }), 400],
    ['no channel', () => ({ activity: activity({ channelId: undefined }) }), 400],
    ['nobody', () => ({ activity: activity({ from: undefined }) }), 400],
    ['no conversation', () => ({ activity: activity({ conversation: {} }) }), 400],
    ['a text that is none', () => ({ activity: activity({ text: { evil: true } }) }), 400],
    ['deep nesting', () => ({ body: '['.repeat(100_000) }), 400],
    ['much too long', () => ({ activity: activity({ text: 'x'.repeat(300_000) }) }), 413],
    ['an unknown request', () => ({ activity: activity({ type: 'invoke', name: 'x' }) }), 501],
  ])('%s', async (_what, made, status) => {
    const { body, activity: sent = {} } = made();
    const answer = await bot.teams.deliver(sent, body === undefined ? {} : { body });
    expect(answer.status).toBe(status);
    expect(receive).not.toHaveBeenCalled();
  });

  test('another content type, compression, another method', async () => {
    const typed = { headers: { 'content-type': 'text/plain' } };
    expect((await bot.teams.deliver(activity(), typed)).status).toBe(415);
    const zipped = { headers: { 'content-encoding': 'gzip' } };
    expect((await bot.teams.deliver(activity(), zipped)).status).toBe(415);
    expect(receive).not.toHaveBeenCalled();
  });
});

describe('the service address', () => {
  const looksAlike = [
    'http://smba.trafficmanager.net/teams/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://smba.trafficmanager.net:8443/teams/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net',
    'https://smba.trafficmanager.net\\@evil.example/',
    'https://smba.trafficmanager.net#@evil.example/',
    'https://smba.trafficmanager.net?x=1',
    'https://ѕmba.trafficmanager.net/',
    'https://user:word@smba.trafficmanager.net/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://localhost:5432/',
    'https://127.0.0.1/',
    'file:///etc/passwd',
    'https:smba.trafficmanager.net',
    ' https://smba.trafficmanager.net/',
    'smba.trafficmanager.net',
    '',
  ];

  test.each(looksAlike)('%j is none of Microsoft’s', (address) => {
    // One of them is written without slashes and read with them: the same host, and so allowed.
    const allowed = serviceUrls(['https://smba.trafficmanager.net']).allows(address);
    expect(allowed).toBe(address === 'https:smba.trafficmanager.net');
  });

  test('the allowed ones, whatever region their path names', () => {
    const { allows } = serviceUrls(['https://smba.trafficmanager.net']);
    expect(allows('https://smba.trafficmanager.net/uk/')).toBe(true);
    expect(allows('https://SMBA.trafficmanager.net:443/emea/')).toBe(true);
  });

  test('a list with an address that a token must not go to is no list', () => {
    expect(() => serviceUrls(['http://smba.trafficmanager.net'])).toThrow('https');
    expect(() => serviceUrls([])).toThrow('https');
  });

  test.each(['http://169.254.169.254/', 'https://smba.trafficmanager.net.evil.example/'])(
    'a signed message that wants its answer at %s is refused, and no token of ours leaves',
    async (serviceUrl) => {
      const token = bot.teams.issuer.sign({ appId: APP_ID, serviceUrl });
      const answer = await bot.teams.deliver(activity({ serviceUrl }), { token });
      expect(answer.status).toBe(403);
      expect(receive).not.toHaveBeenCalled();
      expect(bot.teams.issuer.asked).toEqual([]);
    },
  );
});

describe('another organisation', () => {
  const OTHER = 'ffffffff-bbbb-4ccc-8ddd-eeeeeeeeeeee';

  test('is told politely, and nothing is passed on', async () => {
    const stranger = teamsPerson(bot.teams, 'stranger', { tenant: OTHER });
    const { status, text } = await stranger.say('hello');
    expect(status).toBe(200);
    expect(text).toContain("Bury Council can't talk with you from this Teams account");
    await stranger.install();
    await stranger.uninstall();
    expect(receive).not.toHaveBeenCalled();
  });

  test('in a chat of several, too', async () => {
    bot.teams.connector.chat('19:other@thread.v2', { members: [] });
    const stranger = teamsPerson(bot.teams, 'stranger', { tenant: OTHER });
    await stranger.inChat('19:other@thread.v2').say('start park');
    expect(inChat).not.toHaveBeenCalled();
  });

  test('no organisation at all is another one', async () => {
    const nowhere = activity({ conversation: { id: 'a:one', conversationType: 'personal' } });
    expect((await bot.teams.deliver(nowhere)).status).toBe(200);
    expect(receive).not.toHaveBeenCalled();
  });
});

test('a chat of several that does not say so is not taken for somebody’s own', async () => {
  const mention = { type: 'mention', mentioned: { id: BOT }, text: '<at>Heard</at>' };
  const unsaid = {
    conversation: { id: '19:meeting_x@thread.v2', tenantId: TENANT },
    text: '<at>Heard</at> park',
    entities: [mention],
  };
  await bot.teams.deliver(activity(unsaid));
  expect(receive).not.toHaveBeenCalled();
  expect(inChat.mock.calls[0]?.[0].chat).toBe('chat:19:meeting_x@thread.v2');
});

describe('nothing to answer', () => {
  test.each([
    ['an edited message', { type: 'messageUpdate' }],
    ['a deleted message', { type: 'messageDelete' }],
    ['a reaction', { type: 'messageReaction' }],
    ['typing', { type: 'typing' }],
    ['somebody who joined', { type: 'conversationUpdate', membersAdded: [{ id: '29:1b' }] }],
    ['our own message', { from: { id: BOT } }],
    ['another bot', { from: { id: '28:another' } }],
    ['an upgrade of the app', { type: 'installationUpdate', action: 'add-upgrade' }],
    ['a form of another card', { text: undefined, value: { some: 'thing' } }],
  ])('%s', async (_what, more) => {
    expect((await bot.teams.deliver(activity(more))).status).toBe(200);
    expect(receive).not.toHaveBeenCalled();
    expect(inChat).not.toHaveBeenCalled();
    expect(bot.teams.connector.calls).toEqual([]);
  });

  test('a picture without words is passed on as an empty text', async () => {
    const picture = { text: undefined, attachments: [{ contentType: 'image/png' }] };
    await bot.teams.deliver(activity(picture));
    expect(receive.mock.calls[0]?.[0].event).toEqual({ kind: 'text', text: '' });
  });

  test.each([
    ['a command of nobody', { do: 'command', command: 'drop-table' }],
    ['a step that is none', { do: 'choose', step: '../..', revision: 1, option: 'a' }],
    ['no revision', { do: 'choose', step: 'first', option: 'a' }],
    ['a revision that is no number', { do: 'choose', step: 'first', revision: '1', option: 'a' }],
    ['nothing', undefined],
  ])('a tap that says %s is told that there is nothing to answer', async (_what, data) => {
    const tap = {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', data }, trigger: 'manual' },
    };
    const answer = await bot.teams.deliver(activity(tap));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('There is nothing to answer here any more.');
    expect(receive).not.toHaveBeenCalled();
  });
});
