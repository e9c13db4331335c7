/**
 * The whole inbound path over HTTP, signed, on the embedded Postgres, beside a bare handler with the
 * same signature check and one hand-written statement on the same database in the same run. The two
 * take turns, because the machine's own pace drifts.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { freePort } from '../test/support/free-port.ts';
import { atLeast, type BenchRow, noted } from './bench-row.ts';
import { type Loaded, load } from './load.ts';
import { percentile } from './percentile.ts';
import { type Account, dramaNumber, signedText } from './signed-texts.ts';
import { end, heardIn } from './whole-node.ts';

const CONNECTIONS = 64;
const PEOPLE = 1000;
const ROUNDS = 3;

/** Joining with a yes; answers as people type them, with slips and ways back; the last answer. */
const JOINING = ['MYSAY', 'yes'];
const ANSWERING = [
  '4',
  'back',
  '3',
  'banana',
  '5',
  'back',
  'four',
  '2',
  'back',
  '3',
  'again',
  'back',
  '1',
  'twelve',
];
const FINISHING = ['more time with my brother', '2'];
const FLOW = 'flows/have-your-say.flow.yaml';

export async function benchInbound(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heard-bench-'));
  const database = await attachEmbeddedPostgres({ dataDir: join(folder, 'data'), role: 'command' });
  if (database.kind !== 'attached') throw new Error(database.reason);
  try {
    const ours: Measured[] = [];
    const bare: Measured[] = [];
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

interface Measured {
  /** Answers of people who have joined: the ordinary path. */
  readonly answering: Loaded;
  /** Turns a second over whole conversations, joining and finishing included. */
  readonly whole: number;
}

function rowsOf(ours: readonly Measured[], bare: readonly Measured[]): readonly BenchRow[] {
  const middle = (all: readonly Measured[], of: (one: Measured) => number) =>
    percentile(all.map(of), 0.5);
  const beside = (of: (one: Measured) => number) => ({
    value: middle(ours, of),
    reference: middle(bare, of),
  });
  const latency = (of: 'p50' | 'p99') => {
    const { value, reference } = beside((one) => one.answering[of]);
    return noted(`inbound: ${of} with ${CONNECTIONS} connections`, 'ms', value, reference);
  };
  return [
    atLeast('inbound: turns over HTTP, signed, stored', 'turns/s', {
      ...beside((one) => one.answering.perSecond),
      part: 0.7,
    }),
    noted(
      'inbound: the same with joining and finishing',
      'turns/s',
      middle(ours, (one) => one.whole),
      middle(bare, (one) => one.whole),
    ),
    latency('p50'),
    latency('p99'),
  ];
}

async function measureOurs(databaseUrl: string, folder: string, round: number): Promise<Measured> {
  const { account, port } = await anAccount();
  const environment = {
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
  // Without the flags of `npm start`: the bare one has none either.
  const heard = heardIn(environment, []);
  if (round > 0) await heard.command('close', 'MYSAY');
  await heard.command('launch', FLOW);
  return measured(await heard.startNode(), account, people(round));
}

async function measureBare(databaseUrl: string, folder: string): Promise<Measured> {
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
  return measured(server, account, people(0));
}

/** The first third of the people warms the server up and is not counted. */
async function measured(
  server: ChildProcess,
  account: Account,
  all: readonly string[],
): Promise<Measured> {
  const url = new URL(account.url.replace('localhost', '127.0.0.1'));
  const say = (numbers: readonly string[], texts: readonly string[]): Promise<Loaded> =>
    load({
      url,
      connections: CONNECTIONS,
      people: numbers.map((number) => texts.map((text) => signedText(account, number, text))),
    });
  const warm = Math.ceil(all.length / 3);
  await say(all.slice(0, warm), [...JOINING, ...ANSWERING, ...FINISHING]);
  const counted = all.slice(warm);
  const joining = await say(counted, JOINING);
  const answering = await say(counted, ANSWERING);
  const finishing = await say(counted, FINISHING);
  await end(server);
  const phases = [joining, answering, finishing];
  const refused = phases.reduce((sum, one) => sum + one.refused, 0);
  if (refused > 0) throw new Error(`${refused} texts were refused`);
  const seconds = phases.reduce((sum, one) => sum + one.turns / one.perSecond, 0);
  return { answering, whole: phases.reduce((sum, one) => sum + one.turns, 0) / seconds };
}

/** Each round has people of its own, so that nobody has taken part before. */
function people(round: number): readonly string[] {
  const each = Math.floor(PEOPLE / ROUNDS);
  return Array.from({ length: each }, (_, at) => dramaNumber(round * each + at));
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
