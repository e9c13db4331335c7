/**
 * The whole inbound path over HTTP, signed, on the embedded Postgres, beside a bare handler with the
 * same signature check and one hand-written statement on the same database in the same run. The two
 * take turns, because the machine's own pace drifts.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { listen } from '../src/platform/listening.ts';
import { atLeast, type BenchRow, noted } from './bench-row.ts';
import { type Loaded, load } from './load.ts';
import { type Account, dramaNumber, type SignedText, signedText } from './signed-texts.ts';

const CONNECTIONS = 64;
const PEOPLE = 1000;
const ROUNDS = 3;

/** A whole conversation as people type it: joining, consent, answers, a slip and a way back. */
const CONVERSATION = [
  'MYSAY',
  'yes',
  '4',
  'back',
  '3',
  'banana',
  '5',
  '2',
  'more time with my brother',
  '2',
];
const FLOW = 'flows/have-your-say.flow.yaml';

export async function benchInbound(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heard-bench-'));
  const database = await attachEmbeddedPostgres({ dataDir: join(folder, 'data'), role: 'command' });
  if (database.kind !== 'attached') throw new Error(database.reason);
  try {
    const ours: Loaded[] = [];
    const bare: Loaded[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await measureBare(database.url, folder));
      ours.push(await measureOurs(database.url, folder, round));
    }
    return rowsOf(ours, bare);
  } finally {
    await database.detach();
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(ours: readonly Loaded[], bare: readonly Loaded[]): readonly BenchRow[] {
  const value = median(ours.map((one) => one.perSecond));
  const reference = median(bare.map((one) => one.perSecond));
  const latency = (of: 'p50' | 'p99') =>
    noted(
      `inbound: ${of} with ${CONNECTIONS} connections`,
      'ms',
      median(ours.map((one) => one[of])),
      median(bare.map((one) => one[of])),
    );
  return [
    atLeast('inbound: turns over HTTP, signed, stored', 'turns/s', { value, reference, part: 0.7 }),
    latency('p50'),
    latency('p99'),
  ];
}

async function measureOurs(databaseUrl: string, folder: string, round: number): Promise<Loaded> {
  const { account, port } = await anAccount();
  const environment = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_ORGANISATION: 'Bury Council',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: 'http://127.0.0.1:9',
  };
  const cli = (...words: string[]) =>
    spawn(process.execPath, ['src/cli.ts', ...words], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  if (round > 0) await ended(cli('close', 'MYSAY'));
  await ended(cli('launch', FLOW));
  const server = cli('start');
  await once(server.stdout, 'data');
  return measured(server, account, people(account, round));
}

async function measureBare(databaseUrl: string, folder: string): Promise<Loaded> {
  const { account, port } = await anAccount();
  const server = fork(join(import.meta.dirname, 'bare-inbound.ts'), {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      TWILIO_AUTH_TOKEN: account.token,
      NODE_COMPILE_CACHE: join(folder, 'cache'),
    },
  });
  await once(server, 'message');
  return measured(server, account, people(account, 0));
}

/** The first tenth warms the server up and is not counted. */
async function measured(
  server: ChildProcess,
  account: Account,
  all: readonly (readonly SignedText[])[],
): Promise<Loaded> {
  const url = new URL(account.url.replace('localhost', '127.0.0.1'));
  const warm = Math.ceil(all.length / 10);
  await load({ url, connections: CONNECTIONS, people: all.slice(0, warm) });
  const result = await load({ url, connections: CONNECTIONS, people: all.slice(warm) });
  server.kill('SIGTERM');
  await once(server, 'exit');
  if (result.refused > 0) throw new Error(`${result.refused} texts were refused`);
  return result;
}

/** Each round has people of its own, so that nobody has taken part before. */
function people(account: Account, round: number): readonly (readonly SignedText[])[] {
  const each = Math.floor(PEOPLE / ROUNDS);
  return Array.from({ length: each }, (_, at) =>
    CONVERSATION.map((text) => signedText(account, dramaNumber(round * each + at), text)),
  );
}

async function anAccount(): Promise<{ readonly account: Account; readonly port: number }> {
  const port = await freePort();
  return {
    port,
    account: {
      sid: `AC${'0'.repeat(31)}2`,
      token: 'a token of the bench',
      number: '+447700900999',
      url: `http://localhost:${port}/channels/sms/inbound`,
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  server.close();
  await once(server, 'close');
  return port;
}

async function ended(child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`a command of the bench ended with ${code}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
