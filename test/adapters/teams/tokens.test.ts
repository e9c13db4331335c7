/** Who is let in: what Microsoft signed for this bot and this place, and nothing else. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { teamsRouter } from '../../../adapters/teams/teams-router.ts';
import type { Receive } from '../../../src/channel.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { messageIn } from '../../support/teams/activity.ts';
import { APP_ID, TENANT } from '../../support/teams/stand-in.ts';
import type { SignOptions } from '../../support/teams/token-issuer.ts';
import { emptyDesk, say, startTeamsBot, type TeamsBot } from './teams-bot.ts';

const receive = vi.fn<Receive>();
let bot: TeamsBot;
let now = Date.now();

beforeEach(async () => {
  now = Date.now();
  receive.mockReset().mockResolvedValue({ kind: 'silence' });
  bot = await startTeamsBot({ receive }, { ambient: { now: () => new Date(now), below: () => 0 } });
});
afterEach(() => bot.close());

const message = () => messageIn(bot.teams);

function signed(more: Partial<SignOptions> = {}): string {
  return bot.teams.issuer.sign({ appId: APP_ID, serviceUrl: bot.teams.serviceUrl, ...more });
}

const seconds = () => Math.floor(Date.now() / 1000);

test('what Microsoft signed for this bot is let in', async () => {
  expect((await bot.teams.deliver(message())).status).toBe(200);
  expect(receive).toHaveBeenCalledTimes(1);
});

describe('401, and nobody reads it', () => {
  test.each<[string, () => string | null]>([
    ['no token', () => null],
    ['no token at all, only the word', () => ''],
    ['not a token', () => 'abc.def'],
    ['a key that nobody published, under a published name', () => signed({ stolenName: true })],
    ['a key with another name', () => signed({ header: { kid: 'made-up' } })],
    ['alg none', () => signed({ header: { alg: 'none' } })],
    ['alg none with a signature', () => `${signed({ header: { alg: 'none' } })}AAAA`],
    ['a shared secret', () => signed({ header: { alg: 'HS256' } })],
    ['a changed body', () => changed(signed())],
    ['expired', () => signed({ claims: { exp: seconds() - 3600 } })],
    ['not yet valid', () => signed({ claims: { nbf: seconds() + 3600 } })],
    ['no expiry', () => signed({ claims: { exp: undefined } })],
    ['for another bot', () => signed({ appId: '99999999-2222-4333-8444-555555555555' })],
    ['for several bots', () => signed({ claims: { aud: [APP_ID] } })],
    ['another issuer', () => signed({ claims: { iss: 'https://evil.example' } })],
    [
      'the emulator as the issuer',
      () => signed({ claims: { iss: `https://sts.windows.net/${TENANT}/`, appid: APP_ID } }),
    ],
    ['another service address', () => signed({ serviceUrl: 'https://smba.trafficmanager.net/' })],
    ['no service address', () => signed({ claims: { serviceurl: undefined } })],
    ['a key of another channel', () => signed({ key: 'other-channel' })],
    ['a key without endorsements', () => signed({ key: 'unendorsed' })],
    ['far too long', () => signed({ claims: { more: 'x'.repeat(8_000) } })],
  ])('%s', async (_what, token) => {
    const answer = await bot.teams.deliver(message(), { token: token() });
    expect(answer.status).toBe(401);
    expect(receive).not.toHaveBeenCalled();
    expect(bot.teams.connector.calls).toEqual([]);
    expect(answer.text).toBe('{"problem":"Unauthorized"}');
    expect(bot.log.join()).not.toContain('eyJ');
  });
});

test('a token for one place is no good for another that the message names', async () => {
  const token = signed({ serviceUrl: 'https://smba.trafficmanager.net/uk/' });
  const answer = await bot.teams.deliver(message(), { token });
  expect(answer.status).toBe(401);
});

test('made-up key names do not make us ask Microsoft again and again', async () => {
  await bot.teams.deliver(message());
  const before = bot.teams.issuer.keyReads();
  for (let i = 0; i < 20; i += 1)
    await bot.teams.deliver(message(), { token: signed({ header: { kid: `made-up-${i}` } }) });
  expect(bot.teams.issuer.keyReads()).toBe(before);
});

test('while the keys cannot be had nobody is let in, and Teams is asked to come again', async () => {
  bot.teams.issuer.fault.keys = 'down';
  expect((await bot.teams.deliver(message())).status).toBe(503);
  bot.teams.issuer.fault.keys = 'garbage';
  now += 60_000;
  expect((await bot.teams.deliver(message())).status).toBe(503);
  expect(receive).not.toHaveBeenCalled();
  delete bot.teams.issuer.fault.keys;
  now += 60_000;
  expect((await bot.teams.deliver(message())).status).toBe(200);
});

describe('never without an app id', () => {
  test.each([{ appId: '' }, { appId: ' ' }, { appPassword: '' }, { tenantIds: [] }])(
    '%o does not start',
    (missing) => {
      const ports = {
        receive,
        inChat: async () => ({ posts: [] }),
        desk: emptyDesk,
        say,
        phrases: () => [],
        log: silentLog,
      };
      expect(() => teamsRouter({ ...bot.options, ...missing }, ports)).toThrow('Teams needs');
    },
  );
});

/** The claims say something else than what was signed. */
function changed(token: string): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  const other = Buffer.from(JSON.stringify({ ...(claims as object), more: 1 })).toString(
    'base64url',
  );
  return [head, other, signature].join('.');
}
