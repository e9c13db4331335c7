/** Microsoft's SDK still runs with the dependencies it is given here, and has the last word. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tokenCheck } from '../../../adapters/teams/bot-framework.ts';
import { APP_ID } from '../../support/teams/stand-in.ts';
import {
  ISSUER,
  type SignOptions,
  startTokenIssuer,
  type TokenIssuer,
} from '../../support/teams/token-issuer.ts';

const serviceUrl = 'https://smba.trafficmanager.net/uk/';
let issuer: TokenIssuer;

beforeEach(async () => {
  issuer = await startTokenIssuer();
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await issuer.close();
});

async function checked(
  how: Partial<SignOptions> = {},
  asked = { channelId: 'msteams', serviceUrl },
) {
  const check = tokenCheck({ appId: APP_ID, openIdUrl: issuer.openIdUrl, issuer: ISSUER });
  return check(`Bearer ${issuer.sign({ appId: APP_ID, serviceUrl, ...how })}`, asked);
}

test('what is signed as it should be is authentic', async () => {
  expect(await checked()).toBe('authentic');
});

test.each<[string, Partial<SignOptions>]>([
  ['a wrong key', { stolenName: true }],
  ['alg none', { header: { alg: 'none' } }],
  ['a shared secret', { header: { alg: 'HS256' } }],
  ['expired', { claims: { exp: 1_000 } }],
  ['another audience', { appId: 'somebody-else' }],
  ['another issuer', { claims: { iss: 'https://evil.example' } }],
  ['another service address', { serviceUrl: 'https://smba.trafficmanager.net/us/' }],
  ['a key of another channel', { key: 'other-channel' }],
])('%s is refused, and nothing is thrown', async (_what, how) => {
  expect(await checked(how)).toBe('refused');
});

test('without the keys nothing is authentic', async () => {
  issuer.fault.keys = 'down';
  expect(await checked()).toBe('refused');
});
