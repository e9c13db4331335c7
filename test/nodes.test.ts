/**
 * Several machines, as processes of their own on one database and one keys folder: two that answer,
 * two that work in the background, one of each killed with no warning in the middle of everything.
 * Whoever texts is brought to the other machine by their provider, with the same message id.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import {
  type ProviderAccount,
  postSigned,
  startStandInProvider,
} from '../src/cli/demo/stand-in-provider.ts';
import { freePort } from './support/free-port.ts';
import { freshDatabase } from './support/fresh-database.ts';
import { inboundText } from './support/inbound-text.ts';
import { type Started, startNode, temporaryFolder } from './support/processes.ts';

const run = promisify(execFile);
const PEOPLE = 200;
const TEXTS = ['PARK', 'go', 'ramp', 'skip'];

const account: ProviderAccount = {
  sid: `AC${'c'.repeat(32)}`,
  token: 'a token of this test',
  number: '+447700900999',
};

test('a machine killed in the middle of everything costs nobody a message', {
  timeout: 300_000,
}, async () => {
  await using database = await freshDatabase();
  using folder = temporaryFolder();
  const { pool } = database;
  const count = async (query: string): Promise<number> =>
    Number((await pool.query<{ count: string }>(query)).rows[0]?.count);
  const taken = new Map<string, number>();
  const provider = await startStandInProvider(account, (to, body) => {
    taken.set(`${to} ${body}`, (taken.get(`${to} ${body}`) ?? 0) + 1);
  });
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const environment = {
    PATH: process.env.PATH,
    HEARD_ORGANISATION: 'Bury Council',
    DATABASE_URL: database.url,
    HEARD_DATA_DIR: join(folder.path, 'data'),
    HEARD_KEYS_DIR: join(folder.path, 'keys'),
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_MODE: 'live',
    HEARD_SMS_PARTS_PER_SECOND: '150',
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: provider.url,
  };
  const start = (role: string, at = 0): Started =>
    startNode(['src/cli.ts', 'start', '--only', role], { ...environment, PORT: String(at) });
  const heard = async (...words: string[]): Promise<unknown> => {
    const { stdout } = await run(process.execPath, ['src/cli.ts', ...words, '--json'], {
      env: environment,
    });
    return JSON.parse(stdout);
  };

  // All at once, on a database without tables of theirs and a folder without keys.
  const nodes = [start('web'), start('web', port), start('worker'), start('worker')];
  const ports = await Promise.all(nodes.map(portOf));
  const [doomedWeb, , doomedWorker] = nodes;
  const [first = 0, second = 0, worker = 0] = ports;
  expect(await get(worker, '/healthz')).toBe(200);
  expect(await get(worker, '/readyz')).toBe(200);
  expect(await get(worker, '/metrics')).toBe(200);
  expect(await get(worker, '/chat/park')).toBe(404);
  await heard('launch', 'flows/chesham-park.flow.yaml');

  let sent = 0;
  let killed: Promise<unknown> | undefined;
  let unanswered = 0;
  const textsOf = async (person: number): Promise<void> => {
    for (const body of TEXTS) {
      sent += 1;
      if (sent === Math.floor((PEOPLE * TEXTS.length) / 3))
        killed = Promise.all([doomedWeb?.kill('SIGKILL'), doomedWorker?.kill('SIGKILL')]);
      const nodesInTurn = person % 2 === 0 ? [first, second] : [second, first];
      const reply = await deliver(publicUrl, nodesInTurn, numberOf(person), body);
      if (!reply.includes('<Message>')) unanswered += 1;
    }
  };
  const lanes = 24;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let person = lane; person < PEOPLE; person += lanes) await textsOf(person);
    }),
  );
  expect(killed).toBeDefined();
  await killed;

  // A message that was applied as its machine died is silent when it comes again: the next text goes on.
  expect(unanswered).toBeLessThanOrEqual(lanes);
  expect(await count('select count(*) from conv.seen')).toBe(PEOPLE * TEXTS.length);
  expect(await count('select count(*) from conv.conversation')).toBe(0);
  expect(await count(`select count(*) from conv.participation where state = 'done'`)).toBe(PEOPLE);
  const { rows } = await pool.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'pool' and tablename like 'item_%'`,
  );
  expect(await count(`select count(*) from pool."${rows[0]?.tablename}"`)).toBe(PEOPLE);

  // A reply that a dead machine never confirmed holds its person's other messages for a minute.
  await pool.query(
    `update delivery.outbox set attempted_at = attempted_at - interval '1 minute'
     where state = 'attempting' and lease_until is null`,
  );

  // The one that is left begins the broadcast, and dies in it; another comes.
  const file = join(folder.path, 'happened.txt');
  await writeFile(file, 'Most picked the ramp. Work starts in May.');
  expect(await heard('feedback', 'PARK', '--text-file', file)).toMatchObject({ planned: PEOPLE });
  await expect.poll(() => taken.size, { timeout: 60_000 }).toBeGreaterThan(80);
  await nodes[3]?.kill('SIGKILL');
  const heir = start('worker');
  await portOf(heir);

  const unsettled = () =>
    count(`select count(*) from delivery.outbox where class = 'feedback' and not was_accepted
             and not resent`);
  /** Time passes for what the dead one left, and the one that is left does what is due by then. */
  const later = async (): Promise<number> => {
    await pool.query(
      `update delivery.outbox
       set lease_until = case when attempted_at < clock_timestamp() - interval '5 seconds'
                                or state = 'claimed' and lease_until < clock_timestamp() + interval '50 seconds'
                         then clock_timestamp() - interval '1 second' else lease_until end,
           attempted_at = case when state = 'unknown' then attempted_at - interval '16 minutes'
                          else attempted_at end
       where state in ('claimed', 'attempting', 'unknown') and class = 'feedback'`,
    );
    await pool.query(
      `select graphile_worker.add_job(task, queue_name := task, job_key := task, max_attempts := 3)
       from unnest(array['seek-unknown', 'reconcile']) as task`,
    );
    return unsettled();
  };
  await expect.poll(later, { timeout: 120_000, interval: 1_000 }).toBe(0);

  const told = [...taken].filter(([message]) => message.includes('Most picked the ramp'));
  const asked = [...taken].filter(([message]) => message.includes('get it right'));
  expect(new Set(told.map(([message]) => message.slice(0, 13))).size).toBe(PEOPLE);
  expect(new Set(asked.map(([message]) => message.slice(0, 13))).size).toBe(PEOPLE);
  expect([...told, ...asked].filter(([, times]) => times !== 1)).toEqual([]);

  for (const node of [nodes[1], heir]) await node?.kill('SIGTERM');
  expect((await heir.ended).code).toBe(0);
  await provider.stop();
});

test('roles need a database that nodes can share', async () => {
  using folder = temporaryFolder();
  const lone = startNode(['src/cli.ts', 'start', '--only', 'web'], {
    PATH: process.env.PATH,
    HEARD_DATA_DIR: join(folder.path, 'data'),
    HEARD_KEYS_DIR: join(folder.path, 'keys'),
  });
  expect(await lone.ended).toMatchObject({
    code: 2,
    errors: expect.stringContaining('DATABASE_URL'),
  });
});

/** As the provider does: on a broken connection the same message goes to the other address. */
async function deliver(
  publicUrl: string,
  ports: readonly number[],
  from: string,
  body: string,
): Promise<string> {
  const fields = inboundText(account, from, body);
  const path = '/channels/sms/inbound';
  for (const port of ports) {
    try {
      const url = `http://127.0.0.1:${port}${path}`;
      const response = await postSigned(account, url, `${publicUrl}${path}`, fields);
      if (response.ok) return await response.text();
    } catch {
      // The other one, then.
    }
  }
  throw new Error('neither machine took the message');
}

function numberOf(person: number): string {
  return `+447700900${String(person).padStart(3, '0')}`;
}

async function portOf(node: Started): Promise<number> {
  const line = await node.line();
  const port = Number(/\(port (\d+)\)/.exec(line ?? '')?.[1]);
  if (!Number.isInteger(port)) throw new Error('a node did not start');
  return port;
}

async function get(port: number, path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  await response.body?.cancel();
  return response.status;
}
