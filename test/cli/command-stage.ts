/**
 * Heard's commands as an operator runs them: real processes beside each other on one database, with
 * a stand-in for the provider of texts.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import { afterAll, beforeAll, vi } from 'vitest';
import { startStandInProvider } from '../../src/cli/demo/stand-in-provider.ts';
import { freshDatabase } from '../support/fresh-database.ts';

const run = promisify(execFile);

export const PARK = 'flows/chesham-park.flow.yaml';
const ACCOUNT = {
  sid: `AC${'0'.repeat(31)}2`,
  token: 'the token of a stand-in',
  number: '+447700900999',
};

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Settings = Readonly<Record<string, string>>;

export interface CommandStage {
  readonly pool: Pool;
  readonly heard: (words: readonly string[], env?: Settings) => Promise<Ran>;
  /** A process that goes on: what it says comes on its stdout. */
  readonly begin: (words: readonly string[], env?: Settings) => ChildProcess;
  readonly file: (name: string, content: string) => Promise<string>;
  readonly rowsOf: (table: string) => Promise<number>;
}

/** One for all tests of a file, ended with it. */
export function commandStageOfThisFile(): CommandStage {
  // Every command is a process of its own, and the machine may be busy.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
  let ground: Awaited<ReturnType<typeof prepare>> | undefined;
  const here = () => {
    if (!ground) throw new Error('only inside a test');
    return ground;
  };
  const begun: ChildProcess[] = [];
  beforeAll(async () => {
    ground = await prepare();
  });
  afterAll(async () => {
    const running = begun.filter((one) => one.exitCode === null && one.signalCode === null);
    await Promise.all(
      running.map((one) => {
        one.kill('SIGTERM');
        return once(one, 'exit');
      }),
    );
    await ground?.end();
  });
  return {
    get pool() {
      return here().database.pool;
    },
    heard: (words, env = {}) => heard(words, { ...here().env, ...env }),
    begin: (words, env = {}) => {
      const started = spawn(process.execPath, ['src/cli.ts', ...words], {
        env: { ...here().env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      begun.push(started);
      return started;
    },
    file: async (name, content) => {
      const path = join(here().folder, name);
      await writeFile(path, content);
      return path;
    },
    rowsOf: async (table) =>
      (await here().database.pool.query(`select from ${table}`)).rowCount ?? 0,
  };
}

async function prepare() {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'heard-cli-'));
  const provider = await startStandInProvider(ACCOUNT);
  const env: Settings = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: database.url,
    HEARD_DATA_DIR: join(folder, 'data'),
    HEARD_KEYS_DIR: join(folder, 'keys'),
    HEARD_ORGANISATION: 'Bury Council',
    HEARD_SMS_PART_PENCE: '2.4',
    HEARD_SEND_WINDOW: 'always',
    HEARD_MODE: 'live',
    PORT: '0',
    TWILIO_ACCOUNT_SID: ACCOUNT.sid,
    TWILIO_AUTH_TOKEN: ACCOUNT.token,
    TWILIO_FROM: ACCOUNT.number,
    TWILIO_API_URL: provider.url,
  };
  const end = async (): Promise<void> => {
    await provider.stop();
    await database.end();
    await rm(folder, { recursive: true, force: true });
  };
  return { database, folder, env, end };
}

async function heard(words: readonly string[], env: Settings): Promise<Ran> {
  try {
    const { stdout, stderr } = await run(process.execPath, ['src/cli.ts', ...words], { env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const number = (at: number): string => `07700 9${String(at).padStart(5, '0')}`;

/** An audience file of so many people. */
export function audience(count: number, source = 'Bury Youth Service'): string {
  const rows = Array.from({ length: count }, (_, at) => `${number(at)},${source},en\n`);
  return `number,source,language\n${rows.join('')}`;
}
