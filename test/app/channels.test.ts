/** Which channels are on: those that are set up, at rates of their own, and nothing is loaded for the others. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { channelsFor } from '../../src/app/channels.ts';
import { rateOf } from '../../src/app/dispatching.ts';
import { sendingPolicyOf } from '../../src/app/sending-policy.ts';
import { readSystemWords } from '../../src/app/system-words-file.ts';
import type { Channel, ChannelName } from '../../src/channel.ts';
import { NO_HOLIDAYS } from '../../src/delivery/school-days.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';

const DISCORD = { DISCORD_TOKEN: 'a token', DISCORD_APPLICATION_ID: '1'.repeat(18) };
const TEAMS = {
  TEAMS_APP_ID: '0a0a0a0a-0000-4000-8000-00000000000a',
  TEAMS_APP_PASSWORD: 'a secret',
  TEAMS_TENANT_ID: '0b0b0b0b-0000-4000-8000-00000000000b',
};

function config(environment: Record<string, string>): Config {
  const read = readConfig(environment);
  if (read.kind === 'problems') throw new Error(read.problems.join('\n'));
  return read.config;
}

async function channels(
  environment: Record<string, string>,
): Promise<ReadonlyMap<ChannelName, Channel>> {
  return channelsFor(config(environment), await readSystemWords(), () => {});
}

test('each app is on where it is set up, and has a sender of its own', async () => {
  expect([...(await channels({})).keys()]).toEqual(['web']);
  const both = await channels({ ...DISCORD, ...TEAMS });
  expect([...both.keys()]).toEqual(['web', 'discord', 'teams']);
  expect(both.get('discord')?.sender).toBe(`discord:${DISCORD.DISCORD_APPLICATION_ID}`);
  expect(both.get('teams')?.sender).toBe(`teams:${TEAMS.TEAMS_APP_ID}`);
});

test('an app keeps to its own limit, whatever text messages may', async () => {
  const settings = { ...DISCORD, ...TEAMS, HEARD_SMS_PARTS_PER_SECOND: '1000' };
  const on = await channels(settings);
  for (const name of ['discord', 'teams'] as const) {
    const channel = on.get(name);
    expect(channel && rateOf(channel, config(settings))).toBe(40);
  }
});

test('in trial mode an app that leaves this machine writes to guests only', async () => {
  const guestsOnly = async (settings: Record<string, string>) =>
    [
      ...sendingPolicyOf(config(settings), await channels(settings), NO_HOLIDAYS).guestsOnly,
    ].toSorted();
  expect(await guestsOnly({ ...DISCORD, ...TEAMS })).toEqual(['discord', 'sms', 'teams']);
  expect(await guestsOnly({ ...DISCORD, DISCORD_API_URL: 'http://127.0.0.1:1' })).toEqual(['sms']);
  expect(await guestsOnly({ ...DISCORD, HEARD_MODE: 'live' })).toEqual([]);
});

test('without an app nothing of its vendor is loaded', async () => {
  const script = `
    await import('./src/app/serve.ts');
    const { createRequire } = await import('node:module');
    const loaded = Object.keys(createRequire(process.cwd() + '/x.js').cache);
    console.log(JSON.stringify({
      all: loaded.length,
      vendors: loaded.filter((file) => /node_modules\\/(undici|discord|@discordjs|botbuilder|botframework)/.test(file)),
    }));
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    script,
  ]);
  const found: { all: number; vendors: string[] } = JSON.parse(stdout);
  expect(found.all).toBeGreaterThan(10);
  expect(found.vendors).toEqual([]);
});
