/**
 * The main job in a Discord server, end to end: two machines on one database, of which one holds the
 * gateway and dies in the middle, commands run beside them, and a stand-in for Discord that holds
 * everything against Discord's own description. Nobody's answers are in what left the program.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { keygen } from '../src/safeguarding/lead-key.ts';
import { assertNoCanary } from './support/canary.ts';
import { type DiscordPerson, discordPerson } from './support/discord/discord-person.ts';
import { startStandIn } from './support/discord/stand-in.ts';
import { freshDatabase } from './support/fresh-database.ts';
import { startNode, temporaryFolder } from './support/processes.ts';

const run = promisify(execFile);

const PEOPLE = 12;
const MANAGER = '32';
const CANARY_IDEA = 'a quokka enclosure beside the bandstand';
const CANARY_HARM = 'my stepdad hits me with a zzyzx belt';
const LONG = { timeout: 60_000 };

test('from a server to "here is what happened", over the death of a machine', {
  timeout: 300_000,
}, async () => {
  await using database = await freshDatabase();
  using folder = temporaryFolder();
  await using running = new AsyncDisposableStack();
  const discord = await startStandIn();
  running.defer(() => discord.close());
  const { guildId, channelId, gateway } = discord;
  const told: string[] = [];
  const lead = keygen();
  const environment = {
    PATH: process.env.PATH,
    HEARD_ORGANISATION: 'Bury Council',
    DATABASE_URL: database.url,
    HEARD_DATA_DIR: join(folder.path, 'data'),
    HEARD_KEYS_DIR: join(folder.path, 'keys'),
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_SAFEGUARDING_KEY: lead.publicKey,
    PORT: '0',
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
  };
  const heard = async (...words: string[]): Promise<unknown> => {
    const { stdout, stderr } = await run(process.execPath, ['src/cli.ts', ...words, '--json'], {
      env: environment,
    });
    told.push(stderr);
    return JSON.parse(stdout);
  };
  const member = (at: number): DiscordPerson =>
    discordPerson(discord, `1000000000000000${at + 10}`, { guildId });

  const start = () => {
    const node = startNode(['src/cli.ts', 'start'], environment);
    running.defer(() => node.kill('SIGKILL'));
    return node;
  };

  const first = start();
  expect(await first.line()).toContain('Bury Council');
  await expect.poll(() => discord.commands().length, LONG).toBeGreaterThan(0);
  const second = start();
  expect(await second.line()).toContain('Bury Council');
  await heard('launch', 'flows/chesham-park.flow.yaml');

  const manager = discordPerson(discord, '100000000000000009', { guildId, permissions: MANAGER });
  await manager.slash('heard setup', { channel: channelId });
  const stranger = discordPerson(discord, '100000000000000099', { guildId });
  const forAll = said(stranger);
  for (let at = 0; at < PEOPLE / 2; at++) await answer(member(at));

  // One of them is in the middle of it when the machine that holds the gateway dies.
  const midway = member(PEOPLE);
  await midway.slash('have-your-say', { consultation: 'PARK' });
  await midway.press('Go');
  expect(gateway.identified()).toBe(1);
  const back = gateway.nextStart();
  await first.kill('SIGKILL');
  await back;
  expect(gateway.server.clients.size).toBe(1);
  expect((await midway.press('Path lights')).text).toContain('What would make the park better');
  expect((await midway.press('Skip')).text).toContain('All done');
  for (let at = PEOPLE / 2; at < PEOPLE; at++) await answer(member(at));

  const canary = member(PEOPLE + 1);
  await canary.slash('have-your-say', { consultation: 'PARK' });
  await canary.press('Go');
  await canary.press('Goals');
  await canary.press('Write your answer');
  expect((await canary.submitModal(CANARY_HARM)).text).toContain('Thank you for telling us');
  await canary.press('Go');
  await canary.press('Write your answer');
  expect((await canary.submitModal(CANARY_IDEA)).text).toContain('All done');
  // Nobody else has seen anything of all this.
  expect(said(stranger)).toBe(forAll);

  expect(await heard('status')).toMatchObject({
    consultations: [{ state: 'open', started: 15, completed: 15 }],
  });
  await heard('release');
  expect((await member(1).slash('stop')).text).toContain('/start');
  const happened = join(folder.path, 'happened.txt');
  await writeFile(happened, 'Most picked the ramp. Cllr Green said yes: work starts in May.');
  await heard('feedback', 'PARK', '--text-file', happened);
  const direct = discordPerson(discord, member(0).userId);
  await expect.poll(() => said(direct), LONG).toContain('Did we get it right?');
  expect(said(direct)).toContain('Most picked the ramp');
  expect((await direct.press('5')).text).toContain('Thank you');
  expect((await direct.say('CHECK')).text).toContain('Most picked the ramp');
  await expect.poll(() => said(stranger), LONG).toContain('Most picked the ramp');
  expect(said(discordPerson(discord, member(1).userId))).not.toContain('Most picked');

  const key = join(folder.path, 'lead.key');
  await writeFile(key, lead.privateKeyFile);
  expect(await heard('safeguarding', 'cases', '--key', key)).toMatchObject({
    cases: [{ channel: 'discord', address: canary.userId, messages: [CANARY_HARM] }],
  });
  await second.kill('SIGTERM');
  const ended = await Promise.all([first.ended, second.ended]);
  expect(ended[1].code).toBe(0);
  const left = discord.requests.map((request) => JSON.stringify(request)).join('\n');
  const logs = ended.map(({ errors }) => errors).join('\n');
  await assertNoCanary({
    canaries: [CANARY_IDEA, CANARY_HARM, 'quokka encl', 'zzyzx belt'],
    texts: { left, logs, commands: told.join('\n') },
  });
  await assertNoCanary({
    canaries: [canary.userId, discord.token],
    texts: { logs, commands: `${told.join('\n')} ` },
  });
  expect(discord.problems).toEqual([]);
});

async function answer(person: DiscordPerson): Promise<void> {
  const begun = await person.slash('have-your-say', { consultation: 'PARK' });
  expect(begun.text).toContain('Staff aren');
  await person.press('Go');
  await person.press('Skate ramp');
  expect((await person.press('Skip')).text).toContain('All done');
}

function said(person: DiscordPerson): string {
  return person
    .sees()
    .map(({ content }) => content)
    .join('\n');
}
