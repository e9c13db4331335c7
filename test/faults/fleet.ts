/**
 * The machines of a run: real `heard start` processes on one database and one keys folder, and what
 * stands before them. Whichever dies is started again, as a supervisor would.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';
import type { Chance } from './chance.ts';
import { type Fields, type Posted, signedPost } from './signed-post.ts';
import type { NodeFaults } from './under-faults/node-faults.ts';

export type Role = 'both' | 'web' | 'worker';

export interface Fleet {
  readonly allUp: () => Promise<void>;
  readonly killOne: () => void;
  /** Stops one in its tracks while `meanwhile` lasts, then lets it go on. */
  readonly freezeOne: (meanwhile: () => Promise<void>) => Promise<void>;
  /** Brings a webhook to one machine after the other until one answers below 500. */
  readonly bring: (path: string, fields: Fields) => Promise<Posted>;
  /** To one machine, once. */
  readonly bringOnce: (path: string, fields: Fields) => Promise<Posted | undefined>;
  /** Runs a command beside them; undefined when it did not end well. */
  readonly heard: (words: readonly string[], faults?: NodeFaults) => Promise<unknown>;
  /** Everything that was printed, by machines and commands. */
  readonly output: () => string;
  /** How often a machine that was up ended without being killed. */
  readonly endedByThemselves: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export interface FleetOptions {
  readonly chance: Chance;
  readonly account: ProviderAccount;
  readonly publicUrl: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly roles: readonly Role[];
  readonly faultsOf: (machine: number) => NodeFaults;
}

interface Machine {
  readonly role: Role;
  process: ChildProcess;
  port: number | undefined;
  isFrozen: boolean;
}

const PRELOAD = new URL('./under-faults/preload.ts', import.meta.url).href;
const START_AGAIN_MS = 200;
/** Twilio gives up after fifteen seconds; shorter, so that a run does not wait for frozen machines. */
const ANSWER_WITHIN_MS = 4_000;
const BRING_FOR_MS = 60_000;

export function startFleet(options: FleetOptions): Fleet {
  const { chance, account, publicUrl, environment } = options;
  const printed: string[] = [];
  const ended: string[] = [];
  const machines: Machine[] = [];
  let stopping = false;

  const environmentWith = (faults: NodeFaults): NodeJS.ProcessEnv => ({
    ...environment,
    HEARD_TEST_FAULTS: JSON.stringify(faults),
  });

  const launch = (role: Role, faults: NodeFaults): ChildProcess =>
    spawn(
      process.execPath,
      ['--import', PRELOAD, 'src/cli.ts', 'start', ...(role === 'both' ? [] : ['--only', role])],
      { env: environmentWith(faults), stdio: ['ignore', 'pipe', 'pipe'] },
    );

  const watch = (machine: Machine): void => {
    const { process: child } = machine;
    const heardSay = (part: unknown): void => {
      printed.push(String(part));
      const port = /\(port (\d+)\)/.exec(String(part))?.[1];
      if (port !== undefined && machine.process === child) machine.port = Number(port);
    };
    child.stdout?.on('data', heardSay);
    child.stderr?.on('data', (part) => printed.push(String(part)));
    child.once('exit', (code, signal) => {
      const wasUp = machine.port !== undefined;
      machine.port = undefined;
      if (stopping) return;
      if (signal === null && wasUp) ended.push(`a ${machine.role} machine ended with ${code}`);
      void sleep(START_AGAIN_MS).then(() => {
        if (stopping) return;
        machine.process = launch(machine.role, {});
        watch(machine);
      });
    });
  };

  for (const [at, role] of options.roles.entries()) {
    const process = launch(role, options.faultsOf(at));
    const machine = { role, process, port: undefined, isFrozen: false };
    machines.push(machine);
    watch(machine);
  }

  const webPorts = (): readonly number[] =>
    chance.shuffled(
      machines.flatMap(({ role, port }) => (role === 'worker' || port === undefined ? [] : [port])),
    );

  const bringOnce = (path: string, fields: Fields): Promise<Posted | undefined> => {
    const [port] = webPorts();
    return port === undefined
      ? Promise.resolve(undefined)
      : signedPost(account, { port, publicUrl, path }, fields, ANSWER_WITHIN_MS);
  };

  return {
    allUp: async () => {
      while (machines.some((one) => one.port === undefined)) await sleep(20);
    },
    killOne: () => {
      const up = machines.filter((one) => one.port !== undefined && !one.isFrozen);
      if (up.length > 0) chance.pick(up).process.kill('SIGKILL');
    },
    freezeOne: async (meanwhile) => {
      const up = machines.filter((one) => one.port !== undefined && !one.isFrozen);
      if (up.length === 0) return;
      const machine = chance.pick(up);
      const { process: child } = machine;
      machine.isFrozen = true;
      child.kill('SIGSTOP');
      try {
        await meanwhile();
      } finally {
        child.kill('SIGCONT');
        machine.isFrozen = false;
      }
    },
    bringOnce,
    bring: async (path, fields) => {
      const until = performance.now() + BRING_FOR_MS;
      while (performance.now() < until) {
        const posted = await bringOnce(path, fields);
        if (posted !== undefined && posted.status < 500) return posted;
        await sleep(50);
      }
      throw new Error('no machine took a webhook for a minute');
    },
    heard: (words, faults = {}) =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          ['--import', PRELOAD, 'src/cli.ts', ...words, '--json'],
          { env: environmentWith(faults) },
          (error, stdout, stderr) => {
            printed.push(stdout, stderr);
            resolve(error ? undefined : JSON.parse(stdout));
          },
        );
      }),
    output: () => printed.join(''),
    endedByThemselves: () => ended,
    stop: async () => {
      stopping = true;
      await Promise.all(
        machines.map(async ({ process: child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          child.kill('SIGCONT');
          child.kill('SIGKILL');
          await once(child, 'exit');
        }),
      );
    },
  };
}
