/** Officers' side of what is raised, as real processes beside a server on one database. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { feedbackCommand } from '../../src/cli/feedback.ts';
import { type CommandResult, report } from '../../src/cli/output.ts';
import { type RaisedAnswerOptions, raisedAnswerCommand } from '../../src/cli/raised-answer.ts';
import { type RaisedListOptions, raisedListCommand } from '../../src/cli/raised-list.ts';
import { type GroupStage, issueIn, openGroupStage } from '../groups/group-stage.ts';

const run = promisify(execFile);

let stage: GroupStage;
let folder: string;
let issue: string;
let settings: Readonly<Record<string, string>>;
beforeAll(async () => {
  stage = await openGroupStage({}, new Date());
  folder = await mkdtemp(join(tmpdir(), 'heard-raised-'));
  const bus = { kind: 'raise', text: 'The 17:40 bus is always full' } as const;
  issue = issueIn(await stage.chat().happens(bus));
  settings = {
    DATABASE_URL: stage.url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: stage.keysDir,
    HEARD_ORGANISATION: 'Bury Council',
    DISCORD_TOKEN: 'a-token',
    DISCORD_APPLICATION_ID: '100000000000000001',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A process of its own, as officers run it. */
async function heard(...words: readonly string[]): Promise<Ran> {
  try {
    const options = { env: { PATH: process.env.PATH ?? '', ...settings } };
    const { stdout, stderr } = await run(process.execPath, ['src/cli.ts', ...words], options);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command alone, as its process would print it: a process takes its time. */
async function printed(command: Promise<CommandResult>, json = false): Promise<Ran> {
  const ran = { out: '', err: '' };
  const code = report(await command, json, {
    out: (line) => {
      ran.out += `${line}\n`;
    },
    error: (line) => {
      ran.err += `${line}\n`;
    },
  });
  return { code, ...ran };
}

const list = (more: Partial<RaisedListOptions> = {}, json = false) =>
  printed(raisedListCommand({ all: false, ...more }), json);

function answers(more: Partial<RaisedAnswerOptions> & { readonly id?: string }, json = false) {
  const { id = issue, ...options } = more;
  const answer = { status: 'heard', textFile: join(folder, 'answer.txt'), ...options };
  return printed(raisedAnswerCommand(id, answer), json);
}

async function says(text: string): Promise<string> {
  const path = join(folder, 'answer.txt');
  await writeFile(path, text);
  return path;
}

test('what waits is listed, for people and as one object', async () => {
  const plain = await heard('raised', 'list');
  expect(plain).toMatchObject({ code: 0, err: '' });
  expect(plain.out).toMatch(
    new RegExp(`^${issue}  raised +no owner  no date  1 behind it .*17:40`),
  );
  const json = await heard('raised', 'list', '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    issues: [{ id: issue, status: 'raised', owner: null, dueOn: null, backers: 1, daysLate: 0 }],
  });
  expect((await heard('raised', 'answer', issue, '--status', 'heard')).code).toBe(2);
});

test('only those of a status, which must be one', async () => {
  expect(JSON.parse((await list({ status: 'no' }, true)).out)).toEqual({ issues: [] });
  expect((await list({ status: 'raised' })).out).toContain(issue);
  expect(await list({ status: 'maybe' })).toMatchObject({ code: 2 });
});

test('an answer needs a status, a text, a day that comes and, for a no, a why', async () => {
  await says('We are looking at it.');
  expect(await answers({ status: 'maybe' })).toMatchObject({ code: 2 });
  const refusals: readonly (readonly [Parameters<typeof answers>[0], string])[] = [
    [{ textFile: join(folder, 'none') }, 'There is no file'],
    [{ owner: 'a'.repeat(61) }, '--owner is too long'],
    [{ by: '2020-01-01' }, 'that day has passed'],
    [{ by: '2027-02-30' }, 'write the day as'],
    [{ status: 'done', by: '2099-01-01' }, 'nothing more is due'],
    [{ id: 'Z9Z9' }, 'Nothing with that id'],
  ];
  for (const [more, reason] of refusals) {
    const ran = await answers(more);
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining(reason) });
  }
  await says(' ');
  expect((await answers({})).err).toContain('The file is empty');
  await says('No.');
  expect((await answers({ status: 'no' })).err).toContain('Say why');
  expect((await list()).out).toContain('raised');
});

test('an answer is given, and the officer is told that trial mode posts nothing', async () => {
  const text = await says('We asked for a second bus.');
  const status = ['--status', 'looking into it', '--text-file', text];
  const more = ['--owner', 'Transport team', '--by', '2099-01-01'];
  const answered = await heard('raised', 'answer', issue, ...status, ...more);
  expect(answered).toMatchObject({ code: 0, err: '' });
  expect(answered.out).toContain(`${issue} is now: looking into it.`);
  expect(answered.out).toContain('Trial mode');
  const again = { status: 'looking', owner: 'Transport team', by: '2099-01-01' };
  expect((await answers(again)).err).toContain('given before');
  expect(JSON.parse((await list({}, true)).out)).toMatchObject({
    issues: [
      {
        status: 'looking into it',
        owner: 'Transport team',
        dueOn: '2099-01-01',
        answer: 'We asked for a second bus.',
      },
    ],
  });
});

test('one that is late is marked, and what is done leaves the list', async () => {
  await stage.heard.world.pool.query('update raised.issue set due_on = current_date - 12');
  expect((await list()).out).toMatch(/LATE by 1[123] days/);
  await says('Two buses run now.');
  const done = await answers({ status: 'done' }, true);
  expect(JSON.parse(done.out)).toMatchObject({ id: issue, status: 'done', dueOn: null });
  expect((await list()).out).toBe('Nothing waits.\n');
  expect((await list({ all: true })).out).toContain(issue);
});

test('feedback says in how many chats it is posted, and which trial mode holds', async () => {
  await stage.launchFlow('chesham-park');
  const chat = stage.chat('100000000000000077');
  for (const one of [stage.chat(), chat]) await one.happens({ kind: 'start', keyword: 'PARK' });
  const { contacts, pool } = stage.heard.world;
  await contacts.addGuest(pool, 'discord', chat.address);
  const textFile = await says('Bury Council: most picked the ramp.');
  const dry = await printed(feedbackCommand('PARK', { textFile, dryRun: true }));
  expect(dry.out).toContain('One post, without names, in 2 chats that took part.');
  expect(dry.out).toContain('nothing is posted in 1 chat not on the guest list');
  const done = await printed(feedbackCommand('PARK', { textFile, dryRun: false }), true);
  expect(JSON.parse(done.out)).toMatchObject({ planned: 0, chats: 2 });
});
