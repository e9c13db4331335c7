/** Officers' side of what is raised, as real processes beside a server on one database. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RaisedAnswerOptions, raisedAnswerCommand } from '../../src/cli/raised-answer.ts';
import { type GroupStage, issueIn, openGroupStage } from '../groups/group-stage.ts';

const run = promisify(execFile);

let stage: GroupStage;
let folder: string;
let issue: string;
beforeAll(async () => {
  stage = await openGroupStage({}, new Date());
  folder = await mkdtemp(join(tmpdir(), 'heard-raised-'));
  const bus = { kind: 'raise', text: 'The 17:40 bus is always full' } as const;
  issue = issueIn(await stage.chat().happens(bus));
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function raised(...words: readonly string[]) {
  const options = {
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: stage.url,
      HEARD_DATA_DIR: join(folder, 'data'),
      HEARD_KEYS_DIR: stage.keysDir,
      HEARD_ORGANISATION: 'Bury Council',
      DISCORD_TOKEN: 'a-token',
      DISCORD_APPLICATION_ID: '100000000000000001',
    },
  };
  try {
    const { stdout, stderr } = await run(
      process.execPath,
      ['src/cli.ts', 'raised', ...words],
      options,
    );
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

async function says(text: string): Promise<string> {
  const path = join(folder, 'answer.txt');
  await writeFile(path, text);
  return path;
}

test('what waits is listed, for people and as one object', async () => {
  const plain = await raised('list');
  expect(plain).toMatchObject({ code: 0 });
  expect(plain.out).toMatch(
    new RegExp(`^${issue}  raised +no owner  no date  1 behind it .*17:40`),
  );
  expect(JSON.parse((await raised('list', '--json')).out)).toMatchObject({
    issues: [{ id: issue, status: 'raised', owner: null, dueOn: null, backers: 1, daysLate: 0 }],
  });
  expect((await raised('list', '--status', 'maybe')).code).toBe(2);
  expect(JSON.parse((await raised('list', '--status', 'no', '--json')).out)).toEqual({
    issues: [],
  });
});

test('an answer needs a status, a text and, for a no, a why', async () => {
  const textFile = await says('We are looking at it.');
  const refusal = async (more: Partial<RaisedAnswerOptions>) => {
    const result = await raisedAnswerCommand(issue, { status: 'heard', textFile, ...more });
    return result.kind === 'done' ? 'done' : `${result.kind}: ${result.reasons.join()}`;
  };
  expect(await refusal({ status: 'maybe' })).toMatch(/^wrong-usage: --status is one of/);
  expect(await refusal({ textFile: join(folder, 'none') })).toMatch(/^refused: There is no file/);
  expect(await refusal({ owner: 'a'.repeat(61) })).toMatch(/^refused: --owner is too long/);
  await says(' ');
  expect(await refusal({})).toMatch(/^refused: The file is empty/);
  await says('No.');
  expect(await refusal({ status: 'no' })).toMatch(/^refused: Say why/);
  expect((await raised('answer', issue, '--status', 'heard')).code).toBe(2);
});

test.each([
  [['--by', '2020-01-01'], 'that day has passed'],
  [['--by', '2027-02-30'], 'write the day as'],
])('a day is one that comes: %s', async (by, reason) => {
  const text = await says('We have it.');
  const ran = await raised('answer', issue, '--status', 'heard', '--text-file', text, ...by);
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining(reason) });
});

test('an answer is given, and the officer is told that trial mode posts nothing', async () => {
  const text = await says('We asked for a second bus.');
  const words = ['answer', issue, '--status', 'looking into it', '--text-file', text];
  const more = ['--owner', 'Transport team', '--by', '2099-01-01'];
  const answered = await raised(...words, ...more);
  expect(answered).toMatchObject({ code: 0 });
  expect(answered.out).toContain(`${issue} is now: looking into it.`);
  expect(answered.out).toContain('Trial mode');
  expect((await raised(...words, ...more)).err).toContain('given before');
  expect(JSON.parse((await raised('list', '--json')).out)).toMatchObject({
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
  await stage.heard.world.pool.query(`update raised.issue set due_on = current_date - 12`);
  expect((await raised('list')).out).toMatch(/LATE by 1[123] days/);
  const text = await says('Two buses run now.');
  const done = await raised('answer', issue, '--status', 'done', '--text-file', text, '--json');
  expect(JSON.parse(done.out)).toMatchObject({ id: issue, status: 'done', dueOn: null });
  expect((await raised('list')).out).toContain('Nothing waits.');
  expect((await raised('list', '--all')).out).toContain(issue);
});
