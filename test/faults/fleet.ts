/**
 * The machines of a run on one database and one keys folder, and what stands before them: webhooks
 * are brought to any of them, commands run beside them.
 */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';
import type { Chance } from './chance.ts';
import { environmentWith, type Machine, startMachine, UNDER_FAULTS } from './machine.ts';
import type { Role } from './seed-plan.ts';
import { type Fields, type Posted, signedPost } from './signed-post.ts';
import type { Death, NodeFaults } from './under-faults/node-faults.ts';

export interface Fleet {
  readonly machines: readonly Machine[];
  readonly allUp: () => Promise<void>;
  /** Kills one that may be harmed; false when there is none. */
  readonly killOne: (chance: Chance) => boolean;
  /** Brings a webhook to one machine after the other until one answers below 500. */
  readonly bring: (chance: Chance, path: string, fields: Fields) => Promise<Posted>;
  /** To one machine, once, for so long at most. */
  readonly bringOnce: (
    chance: Chance,
    path: string,
    fields: Fields,
    atMostMs?: number,
  ) => Promise<Posted | undefined>;
  /** Runs a command beside them. */
  readonly heard: (words: readonly string[], faults?: NodeFaults) => Promise<CommandEnd>;
  /** What anybody may look at, on every machine that is up. */
  readonly pages: () => Promise<string>;
  /** Everything that was printed, by machines and commands. */
  readonly output: () => string;
  readonly endedByThemselves: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export interface CommandEnd {
  /** Undefined when it did not end well. */
  readonly said?: unknown;
  readonly wasKilled: boolean;
}

export interface FleetOptions {
  readonly account: ProviderAccount;
  readonly publicUrl: string;
  readonly environmentOf: (machine: number | 'command') => NodeJS.ProcessEnv;
  readonly roles: readonly Role[];
  readonly faultsOf: (machine: number | 'command') => NodeFaults;
  /** As a machine says it (machine.ts). */
  readonly onDiedAtItsPoint: (death: Death) => Promise<boolean>;
}

/** Twilio gives up after fifteen seconds; shorter, so that a run does not wait for frozen machines. */
export const ANSWER_WITHIN_MS = 4_000;
const BRING_FOR_MS = 60_000;
const PAGES = ['/metrics', '/healthz', '/readyz', '/no/such/page', '/channels/sms/inbound'];

export function startFleet(options: FleetOptions): Fleet {
  const { account, publicUrl } = options;
  const printed: string[] = [];
  const ended: string[] = [];
  const machines = options.roles.map((role, at) =>
    startMachine({
      role,
      environment: options.environmentOf(at),
      faults: options.faultsOf(at),
      onPrinted: (part) => printed.push(part),
      onDiedAtItsPoint: options.onDiedAtItsPoint,
      onEndedByItself: (code, words) =>
        ended.push(`a ${role} machine ended with ${code}: ${words}`),
    }),
  );

  const webPorts = (): readonly number[] =>
    machines.flatMap(({ role, port }) => (role === 'worker' ? [] : (port() ?? [])));

  const bringOnce: Fleet['bringOnce'] = (chance, path, fields, atMostMs = ANSWER_WITHIN_MS) => {
    const [port] = chance.shuffled(webPorts());
    return port === undefined
      ? Promise.resolve(undefined)
      : signedPost(account, { port, publicUrl, path }, fields, atMostMs);
  };

  return {
    machines,
    allUp: async () => {
      while (machines.some((one) => one.port() === undefined && !one.isLost())) await sleep(20);
    },
    killOne: (chance) => {
      const [one] = chance.shuffled(machines.filter((machine) => machine.mayBeHarmed()));
      return one?.kill() ?? false;
    },
    bringOnce,
    bring: async (chance, path, fields) => {
      const until = performance.now() + BRING_FOR_MS;
      const answered: string[] = [];
      while (performance.now() < until) {
        const posted = await bringOnce(chance, path, fields);
        if (posted !== undefined && posted.status < 500) return posted;
        answered.push(posted === undefined ? 'nothing' : String(posted.status));
        await sleep(50);
      }
      throw new Error(`no machine took a webhook for a minute: ${answered.join(', ')}`);
    },
    heard: (words, faults = {}) =>
      new Promise((resolve) => {
        const all = { ...options.faultsOf('command'), ...faults };
        execFile(
          process.execPath,
          [...UNDER_FAULTS, ...words, '--json'],
          { env: environmentWith(options.environmentOf('command'), all) },
          (error, stdout, stderr) => {
            printed.push(stdout, stderr);
            if (error) resolve({ wasKilled: error.signal === 'SIGKILL' });
            else resolve({ said: JSON.parse(stdout), wasKilled: false });
          },
        );
      }),
    pages: async () => {
      const asked = webPorts().flatMap((port) =>
        PAGES.map(async (path) => {
          const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
          return (await response?.text()) ?? '';
        }),
      );
      return (await Promise.all(asked)).join('\n');
    },
    output: () => printed.join(''),
    endedByThemselves: () => ended,
    stop: async () => {
      await Promise.all(machines.map((machine) => machine.stop()));
    },
  };
}
