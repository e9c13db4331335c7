/** The command line as an operator uses it: real processes beside each other on one database. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';

const run = promisify(execFile);
const PARK = 'flows/chesham-park.flow.yaml';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'heard-cli-'));
});
afterAll(async () => {
  await database.end();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function heard(words: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const options = {
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: database.url,
      HEARD_DATA_DIR: join(folder, 'data'),
      HEARD_KEYS_DIR: join(folder, 'keys'),
      HEARD_ORGANISATION: 'Bury Council',
      ...env,
    },
  };
  try {
    const { stdout, stderr } = await run(process.execPath, ['src/cli.ts', ...words], options);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('launch', () => {
  test('a broken flow is refused with its places, and nothing is written', async () => {
    const text = (await readFile(PARK, 'utf8')).replace('next: better', 'next: bettr');
    const broken = await file('broken.flow.yaml', text);
    const ran = await heard(['launch', broken]);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/broken\.flow\.yaml:\d+:\d+ .*bettr/);
    expect(JSON.parse((await heard(['status', '--json'])).out).consultations).toEqual([]);
  });

  test('an audience file with bad rows names each, and sends nothing until the officer says so', async () => {
    const csv = await file(
      'people.csv',
      '\uFEFFnumber,source,language\n07700 900101,Bury Youth Service,en\n+44 (0)7700 900101,Bury Youth Service,en\n0161 496 0000,Bury Youth Service,\n07700 900102,,en\n07700 900103,Bury Youth Service,pl\n07700 900104,Bury Youth Service,xx\nhello,Bury Youth Service,en\n',
    );
    const refused = await heard(['launch', PARK, '--audience', csv]);
    expect(refused.code).toBe(1);
    for (const line of [4, 5, 7, 8]) expect(refused.err).toContain(`people.csv:${line}:1 `);
    expect(refused.err).not.toContain('900102');
    const launched = await heard(['launch', PARK, '--audience', csv, '--good-rows-only', '--json']);
    expect(launched.code).toBe(0);
    expect(JSON.parse(launched.out)).toMatchObject({
      flow: 'chesham-park',
      version: 1,
      keyword: 'PARK',
      chat: 'http://localhost:3000/chat/park',
      invited: 2,
    });
  });

  test('a keyword in use is refused', async () => {
    const ran = await heard(['launch', PARK]);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('PARK');
  });
});

test('status sums always add up', async () => {
  const { outbox, consultations } = JSON.parse((await heard(['status', '--json'])).out);
  expect(consultations).toMatchObject([
    { flow: 'chesham-park', state: 'open', started: 0, completed: 0, released: 0 },
  ]);
  const { planned, accepted, refused, failed, unknown, remaining } = outbox;
  expect(planned).toBe(2);
  expect(accepted + refused + failed + unknown + remaining).toBe(planned);
});

test('results of too few are not shown', async () => {
  const ran = await heard(['results', 'PARK', '--json']);
  expect(JSON.parse(ran.out)).toMatchObject({
    base: null,
    questions: [
      { id: 'first', base: null },
      { id: 'better', base: null },
    ],
  });
});

test('release says why it holds', async () => {
  expect(JSON.parse((await heard(['release', '--json'])).out)).toMatchObject({
    released: 0,
    held: 0,
  });
});

test('release waits for a clock that jumped, until somebody says that it is right', async () => {
  await database.pool.query(`update platform.clock set seen_at = seen_at - interval '4 days'`);
  const ran = await heard(['release']);
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('retention --trust-clock') });
  expect((await heard(['retention', '--trust-clock'])).code).toBe(0);
  expect((await heard(['release'])).code).toBe(0);
});

test('feedback that had nobody to tell may be sent again', async () => {
  const text = await file('happened.txt', 'Most picked the ramp. Cllr Green said yes.');
  for (const _ of ['first', 'again']) {
    const ran = await heard(['feedback', 'PARK', '--text-file', text, '--json']);
    expect(JSON.parse(ran.out)).toMatchObject({ planned: 0 });
  }
});

test('a command leaves a database of the release before as it is', async () => {
  await using shared = await freshDatabase();
  const applied = async () =>
    (await shared.pool.query('select number from platform.migration')).rows.length;
  await shared.pool.query(
    'delete from platform.migration where number = (select max(number) from platform.migration)',
  );
  const before = await applied();
  const ran = await heard(['status'], { DATABASE_URL: shared.url });
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('Start a node') });
  expect(await applied()).toBe(before);
});

test('close takes no more answers, and says so again', async () => {
  expect((await heard(['close', 'PARK'])).code).toBe(0);
  expect((await heard(['close', 'PARK'])).out).toContain('closed before');
});

test('guests are mobiles', async () => {
  expect((await heard(['guest', 'add', '07700', '900123'])).code).toBe(0);
  const ran = await heard(['guest', 'add', '0161 496 0000']);
  expect(ran.code).toBe(1);
  expect(ran.err).not.toContain('496');
});

test('a guest leaves the list however their number is typed, once, and the trail says so', async () => {
  await heard(['guest', 'add', '07700 900124']);
  const removed = await heard(['guest', 'remove', '+44 7700 900124', '--json']);
  expect(JSON.parse(removed.out)).toEqual({ removed: true });
  const again = await heard(['guest', 'remove', '07700900124']);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('not on the guest list') });
  const { rows } = await database.pool.query<{ action: string }>(
    `select action from audit.event where object = 'guest list' order by seq desc limit 2`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['guest removed', 'guest added']);
});

test('the lead’s private key is written for its owner alone and never over another', async () => {
  const key = join(folder, 'lead.key');
  const made = await heard(['safeguarding', 'keygen', '--out', key, '--json']);
  expect(made.code).toBe(0);
  expect((await stat(key)).mode & 0o777).toBe(0o600);
  expect((await heard(['safeguarding', 'keygen', '--out', key])).code).toBe(1);
  const opened = await heard(['safeguarding', 'cases', '--key', key, '--json']);
  expect(JSON.parse(opened.out)).toEqual({ cases: [], closed: 0 });
});

test('nothing is deleted under a clock that jumped, until somebody has looked', async () => {
  await database.pool.query(`update platform.clock set seen_at = now() - interval '10 days'`);
  const held = await heard(['retention']);
  expect(held.code).toBe(1);
  expect(held.err).toContain('heard retention --trust-clock');
  expect((await heard(['retention', '--trust-clock'])).code).toBe(0);
  expect((await heard(['retention', '--json'])).code).toBe(0);
});

describe('the proof of retention', () => {
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  beforeAll(async () => {
    await database.pool.query('truncate safe.case, conv.seen');
    await database.pool.query(
      `insert into safe.case (id, level, opened_on, sealed_blob)
       values (gen_random_uuid(), 'red', $1, '')`,
      [yesterday],
    );
  });
  beforeEach(async () => {
    await database.pool.query(
      `insert into conv.seen values ('\\x01', '2020-01-01'), ('\\x02', $1)`,
      [yesterday],
    );
  });
  afterEach(() => database.pool.query('truncate conv.seen'));

  test('says what went, what is left and for how long, what stays and why, and what to look at', async () => {
    const { code, out } = await heard(['retention']);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe(`Retention on ${today}: what had outlived its time was deleted.`);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^marks of messages, hashed +1 +1  1 day +13 months: a text can be replayed/,
      ),
    );
    const good = lines.findIndex((line) => /^Kept for good +kept  oldest +why$/.test(line));
    expect(good).toBeGreaterThan(10);
    expect(lines.slice(good)).toContainEqual(
      expect.stringMatching(/^opt-outs, hashed +\d+ .*so that nobody who said stop/),
    );
    expect(lines.at(-1)).toBe(
      'LOOK: safeguarding cases, sealed: 1 from before today have not been reviewed',
    );
  });

  test('as a record: every store with its tables, its rule, the counts and the days', async () => {
    const { code, out } = await heard(['retention', '--json']);
    expect(code).toBe(0);
    const proof: unknown = JSON.parse(out);
    expect(proof).toMatchObject({ on: today, failed: [] });
    expect(proof).toHaveProperty(
      'stores',
      expect.arrayContaining([
        {
          store: 'marks of messages, hashed',
          rule: '13 months: a text can be replayed, and must not count twice',
          tables: ['conv.seen'],
          deleted: 1,
          left: 1,
          oldest: yesterday,
        },
        expect.objectContaining({ store: 'opt-outs, hashed', forGood: true, deleted: 0 }),
        expect.objectContaining({
          store: 'safeguarding cases, sealed',
          alert: expect.stringContaining('1 from before today'),
        }),
      ]),
    );
  });

  test('names what could not be done, and gives the rest', async () => {
    await database.pool.query('alter table contact.guest rename to away');
    try {
      const { code, out, err } = await heard(['retention']);
      expect(code).toBe(1);
      expect(out).toBe('');
      expect(err).toContain('NOT DONE, the log says why: the guest list of trial mode, hashed (');
      expect(err).toMatch(/^marks of messages, hashed +1 +1 /m);
      const asJson = JSON.parse((await heard(['retention', '--json'])).out);
      expect(asJson.failed).toMatchObject([{ tables: ['contact.guest'] }]);
    } finally {
      await database.pool.query('alter table contact.away rename to guest');
    }
  });
});

test('wrong settings are told all at once, without their values, and end with 2', async () => {
  const ran = await heard(['status'], {
    PORT: 'eighty',
    HEARD_RELEASE_MIN: '3',
    HEARD_TIME_ZONE: 'Mars/Olympus',
    TWILIO_AUTH_TOKEN: 'a-very-secret-token',
  });
  expect(ran.code).toBe(2);
  for (const name of ['PORT', 'HEARD_RELEASE_MIN', 'HEARD_TIME_ZONE', 'TWILIO_ACCOUNT_SID']) {
    expect(ran.err).toContain(name);
  }
  expect(ran.err).not.toContain('a-very-secret-token');
});

test('wrong usage ends with 2', async () => {
  expect((await heard(['lunch'])).code).toBe(2);
  expect((await heard(['launch'])).code).toBe(2);
  expect((await heard(['results', 'nothing-like-it'])).code).toBe(1);
});
