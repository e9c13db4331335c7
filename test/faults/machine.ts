/**
 * One machine of a run: a real `heard start` process. Whatever ends it, it is started again, as a
 * supervisor would, until it is lost; the point at which it was to die is forgotten once it died
 * there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from './seed-plan.ts';
import type { Death, NodeFaults } from './under-faults/node-faults.ts';

export interface Machine {
  readonly role: Role;
  /** Undefined while it is down. */
  readonly port: () => number | undefined;
  /** Up, not frozen and not spared. */
  readonly mayBeHarmed: () => boolean;
  /** False when there was nothing to kill. */
  readonly kill: () => boolean;
  /** Killed, and nobody starts it again. */
  readonly lose: () => void;
  readonly isLost: () => boolean;
  readonly freeze: () => void;
  readonly goOn: () => void;
  /** Nothing harms it for now. */
  readonly spare: (spared: boolean) => void;
  readonly stop: () => Promise<void>;
}

export interface MachineOptions {
  readonly role: Role;
  readonly environment: NodeJS.ProcessEnv;
  readonly faults: NodeFaults;
  readonly onPrinted: (part: string) => void;
  /** False when it counts for nothing: then it dies there once more. */
  readonly onDiedAtItsPoint: (death: Death) => Promise<boolean>;
  /** With its last words. */
  readonly onEndedByItself: (code: number | null, words: string) => void;
}

const PRELOAD = new URL('./under-faults/preload.ts', import.meta.url).href;
const START_AGAIN_MS = 200;
/** What counts may wait behind several that do not, and may not come any more. */
const MOST_DEATHS_IN_VAIN = 8;

/** How any `heard` command is run here. */
export const UNDER_FAULTS: readonly string[] = ['--import', PRELOAD, 'src/cli.ts'];

export function environmentWith(
  environment: NodeJS.ProcessEnv,
  faults: NodeFaults,
): NodeJS.ProcessEnv {
  return { ...environment, HEARD_TEST_FAULTS: JSON.stringify(faults) };
}

export function startMachine(options: MachineOptions): Machine {
  const { role } = options;
  let { faults } = options;
  let port: number | undefined;
  let isFrozen = false;
  let isSpared = false;
  let isLost = false;
  let killedByUs = false;
  let stopping = false;
  let words = '';
  let inVain = 0;

  const launch = (): ChildProcess => {
    const child = spawn(
      process.execPath,
      [...UNDER_FAULTS, 'start', ...(role === 'both' ? [] : ['--only', role])],
      { env: environmentWith(options.environment, faults), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    killedByUs = false;
    child.stdout?.on('data', (part) => {
      options.onPrinted(String(part));
      const said = /\(port (\d+)\)/.exec(String(part))?.[1];
      if (said !== undefined) port = Number(said);
    });
    child.stderr?.on('data', (part) => {
      words = String(part).slice(-800);
      options.onPrinted(String(part));
    });
    child.once('exit', ended);
    return child;
  };

  const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
    const wasUp = port !== undefined;
    port = undefined;
    if (stopping || isLost) return;
    if (signal === null && wasUp) options.onEndedByItself(code, words);
    const diedAtItsPoint = signal === 'SIGKILL' && !killedByUs;
    void Promise.all([diedAtItsPoint && noteDeath(), sleep(START_AGAIN_MS)]).then(() => {
      if (!stopping && !isLost) child = launch();
    });
  };

  const noteDeath = async (): Promise<void> => {
    const [death, ...later] = faults.diesAt ?? [];
    if (!death) return;
    const counts = await options.onDiedAtItsPoint(death);
    if (!counts) inVain += 1;
    if (counts || inVain >= MOST_DEATHS_IN_VAIN) faults = { ...faults, diesAt: later };
  };

  let child = launch();
  return {
    role,
    port: () => port,
    mayBeHarmed: () => port !== undefined && !isFrozen && !isSpared,
    kill: () => {
      const wasUp = port !== undefined;
      killedByUs = true;
      return child.kill('SIGKILL') && wasUp;
    },
    lose: () => {
      isLost = true;
      child.kill('SIGKILL');
    },
    isLost: () => isLost,
    freeze: () => {
      isFrozen = true;
      child.kill('SIGSTOP');
    },
    goOn: () => {
      child.kill('SIGCONT');
      isFrozen = false;
    },
    spare: (spared) => {
      isSpared = spared;
    },
    stop: async () => {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
