import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { variables } from '../../src/platform/config-variables.ts';

const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'secret-token',
  TWILIO_FROM: '+447700900000',
};

test('nothing needs to be set', () => {
  expect(config({})).toEqual({
    contactCap: 2,
    organisation: 'Your Council',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    dataDir: resolve('data'),
    keysDir: resolve('keys'),
    coolingOffHours: 72,
    releaseMin: 10,
    sendWindow: 'default',
    timeZone: 'Europe/London',
    mode: 'trial',
    smsPartsPerSecond: 10,
  });
});

test('an empty variable counts as unset', () => {
  const empty = Object.fromEntries(Object.keys(variables.shape).map((name) => [name, ' ']));
  expect(config(empty)).toEqual(config({}));
});

test('the public address follows the port and has no slash at its end', () => {
  expect(config({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
  expect(config({ PUBLIC_URL: 'https://heard.example/' }).publicUrl).toBe('https://heard.example');
});

test('a channel is on when all its settings are there', () => {
  expect(config(twilio).sms).toEqual({
    accountSid: twilio.TWILIO_ACCOUNT_SID,
    authToken: 'secret-token',
    from: '+447700900000',
    apiUrl: 'https://api.twilio.com',
  });
  expect(config({}).sms).toBeUndefined();
});

test('a channel with some of its settings is a problem that names the missing ones', () => {
  expect(
    problems({ TWILIO_AUTH_TOKEN: 'secret-token', TWILIO_API_URL: 'http://localhost:1' }),
  ).toEqual([
    'TWILIO_ACCOUNT_SID, TWILIO_FROM must be set too, because TWILIO_AUTH_TOKEN, TWILIO_API_URL are: set all of them for text messages, or none',
  ]);
});

const teams = {
  TEAMS_APP_ID: '00000000-0000-0000-0000-00000000000a',
  TEAMS_APP_PASSWORD: 'secret-password',
  TEAMS_TENANT_ID: '00000000-0000-0000-0000-00000000000B, 00000000-0000-0000-0000-00000000000c',
};

test('Teams names its directories, and goes to Microsoft unless it is told otherwise', () => {
  expect(config(teams).teams).toEqual({
    appId: teams.TEAMS_APP_ID,
    appPassword: 'secret-password',
    tenantIds: ['00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-00000000000c'],
    openIdUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    loginUrl: 'https://login.microsoftonline.com',
    serviceUrls: ['https://smba.trafficmanager.net'],
  });
  const elsewhere = config({
    ...teams,
    TEAMS_OPENID_URL: 'http://127.0.0.1:1/openid',
    TEAMS_LOGIN_URL: 'http://localhost:2/',
    TEAMS_SERVICE_URLS: 'https://teams.example/one, http://[::1]:3',
  }).teams;
  expect(elsewhere).toMatchObject({
    openIdUrl: 'http://127.0.0.1:1/openid',
    loginUrl: 'http://localhost:2',
    serviceUrls: ['https://teams.example/one', 'http://[::1]:3'],
  });
});

test.each([
  ['TEAMS_LOGIN_URL', 'http://login.example'],
  ['TEAMS_OPENID_URL', 'http://127.0.0.1.example/'],
  ['TEAMS_SERVICE_URLS', 'https://good.example,http://10.0.0.1'],
  ['TEAMS_SERVICE_URLS', 'https://good.example,https://name:word@bad.example'],
  ['TEAMS_SERVICE_URLS', ' , '],
  ['TEAMS_TENANT_ID', 'bury.example'],
  ['TEAMS_TENANT_ID', ','],
])('%s is refused where a secret could go astray: %s', (name, value) => {
  expect(problems({ ...teams, [name]: value })).toEqual([
    expect.stringMatching(new RegExp(`^${name} must `)),
  ]);
});

test('the token of Discord goes over https, or to this machine', () => {
  const discord = { DISCORD_TOKEN: 'secret', DISCORD_APPLICATION_ID: '1'.repeat(18) };
  expect(config(discord).discord?.apiUrl).toBe('https://discord.com/api');
  expect(config({ ...discord, DISCORD_API_URL: 'http://localhost:1/api' }).discord?.apiUrl).toBe(
    'http://localhost:1/api',
  );
  expect(problems({ ...discord, DISCORD_API_URL: 'http://discord.example' })).toEqual([
    'DISCORD_API_URL must begin with https://, unless it is an address of this machine',
  ]);
});

test('all problems are told at once', () => {
  const told = problems({
    PORT: 'eighty',
    PUBLIC_URL: 'heard.example',
    DATABASE_URL: 'mysql://db',
    HEARD_COOLING_OFF_HOURS: '169',
    HEARD_RELEASE_MIN: '9',
    HEARD_SEND_WINDOW: 'never',
    HEARD_TIME_ZONE: 'Bury',
    HEARD_MODE: 'test',
    HEARD_SAFEGUARDING_KEY: 'short',
    TWILIO_FROM: '07700 900000',
    HEARD_KEYS_DIR: './data/keys',
  });
  expect(told).toEqual([
    'PORT must be a whole number from 0 to 65535',
    'PUBLIC_URL must be an address that begins with http:// or https://, without a ? or # part',
    'DATABASE_URL must be an address that begins with postgres://',
    'HEARD_COOLING_OFF_HOURS must be a whole number of hours from 0 to 168',
    'HEARD_RELEASE_MIN must be a whole number of 10 or more: it may be raised, never lowered',
    'HEARD_SEND_WINDOW must be default or always',
    'HEARD_TIME_ZONE must be the name of a time zone, such as Europe/London',
    'HEARD_MODE must be trial or live',
    'HEARD_SAFEGUARDING_KEY must be the line that begins with heard-lead-public-: heard safeguarding keygen prints it',
    'TWILIO_FROM must be a number such as +447700900000 or a short code, which people can text: a messaging service (MG...) has none of its own',
    'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN must be set too, because TWILIO_FROM is: set all of them for text messages, or none',
    'HEARD_KEYS_DIR must be outside HEARD_DATA_DIR: whoever copies the data must not get the keys',
  ]);
});

test('no problem or warning ever repeats a value', () => {
  const names = fc.constantFrom(...Object.keys(variables.shape));
  const canary = 'cAnArY';
  fc.assert(
    fc.property(
      fc.dictionary(
        names,
        fc.string().map((end) => canary + end),
      ),
      (environment) => {
        const read = readConfig(environment);
        const told = read.kind === 'problems' ? read.problems : read.warnings;
        expect(told.join('\n')).not.toContain(canary);
      },
    ),
    { seed: 20260101 },
  );
});

test('a short cooling-off, lifted quiet hours and an open address are warned of', () => {
  const read = readConfig({
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_MODE: 'live',
  });
  expect(read.kind === 'config' && read.warnings).toEqual([
    expect.stringMatching(/^HEARD_COOLING_OFF_HOURS/),
    expect.stringMatching(/^HEARD_SEND_WINDOW/),
    expect.stringMatching(/^PUBLIC_URL/),
  ]);
});

test('a spending ceiling needs the price of a part', () => {
  expect(problems({ HEARD_SPEND_CEILING_POUNDS: '500' }).join()).toContain('HEARD_SMS_PART_PENCE');
  expect(config({ HEARD_SPEND_CEILING_POUNDS: '500', HEARD_SMS_PART_PENCE: '2.4' })).toMatchObject({
    spendCeilingPounds: 500,
    smsPartPence: 2.4,
  });
});

test('.env.example names exactly the variables that are read', () => {
  const example = readFileSync(join(import.meta.dirname, '..', '..', '.env.example'), 'utf8');
  const named = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => String(name));
  expect(named.toSorted()).toEqual(Object.keys(variables.shape).toSorted());
});

test('.env.example as it is, with every variable taken in, starts as without it', () => {
  const example = readFileSync(join(import.meta.dirname, '..', '..', '.env.example'), 'utf8');
  const lines = [...example.matchAll(/^# ((?:HEARD_(?!ORG)|PORT|PUBLIC)[A-Z_]*)=(.*)$/gm)];
  const environment = Object.fromEntries(lines.map(([, name, value]) => [name, value]));
  expect(config(environment)).toEqual(config({}));
});

function config(environment: Record<string, string>): Config {
  const read = readConfig(environment);
  if (read.kind === 'problems') throw new Error(read.problems.join('\n'));
  return read.config;
}

function problems(environment: Record<string, string>): readonly string[] {
  const read = readConfig(environment);
  return read.kind === 'problems' ? read.problems : [];
}
