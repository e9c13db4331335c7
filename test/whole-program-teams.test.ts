/**
 * The main job in a Teams meeting, end to end: a server process with its embedded database, activities
 * with real signed tokens, commands run beside it, and a stand-in for Microsoft's connector. What
 * left the program and what it leaves behind is then searched for an answer and a disclosure.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { keygen } from '../src/safeguarding/lead-key.ts';
import { assertNoCanary } from './support/canary.ts';
import { freePort } from './support/free-port.ts';
import { type Started, startNode } from './support/processes.ts';
import { type TeamsPerson, teamsPerson } from './support/teams/person.ts';
import { type StandInTeams, startTeamsStandIn } from './support/teams/stand-in.ts';

const run = promisify(execFile);

const MEETING = '19:meeting_youth-cabinet@thread.v2';
const CANARY_IDEA = 'a quokka enclosure beside the bandstand';
const CANARY_HARM = 'my stepdad hits me with a zzyzx belt';

let folder: string;
let environment: NodeJS.ProcessEnv;
let server: Started;
let teams: StandInTeams;
let people: readonly TeamsPerson[];
let canary: TeamsPerson;
const lead = keygen();
const told: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heard-teams-'));
  teams = await startTeamsStandIn();
  const port = await freePort();
  teams.botAt(`http://localhost:${port}/channels/teams/messages`);
  people = Array.from({ length: 24 }, (_, at) =>
    teamsPerson(teams, `member ${at}`, { withoutApp: at === 3 }),
  );
  canary = teamsPerson(teams, 'canary');
  teams.connector.chat(MEETING, { members: [...people, canary].map(({ userId }) => userId) });
  environment = {
    PATH: process.env.PATH,
    HEARD_ORGANISATION: 'Bury Council',
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_SAFEGUARDING_KEY: lead.publicKey,
    PORT: String(port),
    ...teams.environment,
  };
  server = startNode(['src/cli.ts', 'start'], environment);
  expect(await server.line()).toContain('Bury Council');
});

afterAll(async () => {
  await server?.kill('SIGTERM');
  await teams?.close();
  await rm(folder, { recursive: true, force: true });
});

test('from a meeting to "here is what happened"', { timeout: 240_000 }, async () => {
  expect(await heard('launch', 'flows/chesham-park.flow.yaml')).toMatchObject({ keyword: 'PARK' });
  const [starter, second, third, withoutApp] = people;
  if (!starter || !second || !third || !withoutApp) throw new Error('the meeting is empty');
  expect((await starter.install()).text).toContain('IT team');
  const posted = await starter.inChat(MEETING).say('start park');
  expect(posted.text).toContain('Cllr Green decides');
  for (const [at, person] of people.entries()) await answerIn(person, at);
  await canaryPerson();
  for (const person of [starter, third])
    expect((await person.say('CHECK')).text).toContain('joined');
  // The answers of one are in nobody else's view, nor in what everybody sees.
  expect((await third.inChat(MEETING).look()).text).not.toContain('Path lights');

  expect(await heard('status')).toMatchObject({
    consultations: [{ state: 'open', started: 25, completed: 25, released: 0 }],
  });
  expect(await heard('release')).toMatchObject({ released: 15, held: 10 });
  expect(await heard('results', 'PARK')).toMatchObject({ questions: [{ id: 'first' }, {}] });

  expect((await third.say('STOP')).text).toContain('START');
  const happened = join(folder, 'happened.txt');
  await writeFile(happened, 'Most picked the ramp. Cllr Green said yes: work starts in May.');
  await heard('feedback', 'PARK', '--text-file', happened);
  await expect.poll(() => starter.chat().text, LONG).toContain('Did we get it right?');
  expect(starter.chat().text).toContain('Most picked the ramp');
  await expect.poll(inMeeting, LONG).toContain('Most picked the ramp');
  expect((await starter.press('5')).text).toContain('Thank you');
  // Who only ever answered in the meeting is told in a chat of their own too, where they have one.
  await expect.poll(() => second.chat().text, LONG).toContain('Did we get it right?');
  expect(second.chat().text).toContain('Most picked the ramp');
  expect((await second.press('4')).text).toContain('Thank you');
  expect((await starter.say('CHECK')).text).toContain('Most picked the ramp');
  await expect.poll(outstanding, LONG).toBe(0);
  expect(third.chat().text).not.toContain('Most picked the ramp');
  expect(withoutApp.chat().text).toBe('');

  await heard('close', 'PARK');
  expect((await second.inChat(MEETING).say('results')).text).toContain('Skate ramp');
  const key = join(folder, 'lead.key');
  await writeFile(key, lead.privateKeyFile);
  expect(await heard('safeguarding', 'cases', '--key', key)).toMatchObject({
    cases: [{ channel: 'teams', address: canary.address, messages: [CANARY_HARM] }],
  });
});

test('what left it, and what it leaves behind, names nobody', { timeout: 120_000 }, async () => {
  await server.kill('SIGTERM');
  const { code, errors } = await server.ended;
  expect(code).toBe(0);
  const left = teams.connector.calls.map((call) => JSON.stringify(call)).join('\n');
  expect(left.includes('Most picked the ramp')).toBe(true);
  const said = [CANARY_IDEA, CANARY_HARM, 'quokka encl', 'zzyzx belt'];
  const [, person = ''] = canary.address.split('/');
  await assertNoCanary({ canaries: said, texts: { left } });
  await assertNoCanary({
    canaries: [...said, person, canary.userId],
    files: [join(folder, 'data')],
    texts: { log: errors, commands: told.join('\n') },
  });
});

const LONG = { timeout: 60_000 };

async function answerIn(person: TeamsPerson, at: number): Promise<void> {
  const meeting = person.inChat(MEETING);
  // The card may be posted anew at any moment: Teams asks for everybody's own view again.
  const press = async (label: string): Promise<string> => {
    await meeting.look();
    return (await meeting.press(label)).text;
  };
  expect(await press('Answer in private')).toContain('Staff aren');
  await press('Go');
  await press(at % 3 === 0 ? 'Path lights' : 'Skate ramp');
  expect(await press('Skip')).toContain('All done');
}

/** In a chat of their own, by typing. */
async function canaryPerson(): Promise<void> {
  await canary.say('PARK');
  await canary.say('go');
  await canary.say('3');
  expect((await canary.say(CANARY_HARM)).text).toContain('Thank you for telling us');
  await canary.say('go');
  expect((await canary.say(CANARY_IDEA)).text).toContain('All done');
}

function inMeeting(): string {
  return teams.connector
    .posted(MEETING)
    .map(({ activity }) => JSON.stringify(activity))
    .join('\n');
}

async function outstanding(): Promise<unknown> {
  const status = await heard('status');
  return z.object({ outbox: z.object({ remaining: z.number() }) }).parse(status).outbox.remaining;
}

async function heard(...words: string[]): Promise<unknown> {
  const { stdout, stderr } = await run(process.execPath, ['src/cli.ts', ...words, '--json'], {
    env: environment,
  });
  told.push(stderr);
  return JSON.parse(stdout);
}
