/**
 * The real modules with a fault in them, by what HEARD_TEST_FAULTS says: the process kills itself at
 * a named point or stands still there, its clock is off, its minutes are short, and it waits less
 * long for a provider that is silent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { smsChannel as realChannel, type SmsChannelOptions } from '../../../adapters/sms/send.ts';
import type { Channel } from '../../../src/channel.ts';
import {
  type FaultPoint,
  type Lifeline,
  createLifeline as realLifeline,
} from '../../../src/delivery/lifeline.ts';
import { type Ambient, systemAmbient as realAmbient } from '../../../src/platform/ambient.ts';
import { type Jobs, type JobsOptions, startJobs as realJobs } from '../../../src/platform/jobs.ts';
import { type ReleaseReport, releaseAll as realRelease } from '../../../src/privacy/release.ts';
import type { ReleasePoint, ReleaseTools } from '../../../src/privacy/release-tools.ts';
import type { NodeFaults } from './node-faults.ts';

export { releaseConsultation } from '../../../src/privacy/release.ts';

const faults: NodeFaults = JSON.parse(process.env['HEARD_TEST_FAULTS'] ?? '{}');
let passes = 0;
let hasHeld = false;

function passing(point: FaultPoint | ReleasePoint): void {
  const death = faults.diesAt?.[0];
  if (death?.point !== point) return;
  if (death.since !== undefined && !existsSync(death.since)) return;
  passes += 1;
  if (passes === death.times) process.kill(process.pid, 'SIGKILL');
}

async function passingRelease(point: ReleasePoint): Promise<void> {
  if (!hasHeld && faults.holdsAt?.point === point) {
    hasHeld = true;
    await sleep(faults.holdsAt.ms);
  }
  passing(point);
}

export function createLifeline(_: unknown, onDeath: () => void): Lifeline {
  return realLifeline(passing, onDeath);
}

export function releaseAll(
  tools: ReleaseTools,
  closed: ReadonlySet<string>,
): Promise<readonly ReleaseReport[]> {
  return realRelease({ ...tools, at: passingRelease }, closed);
}

function onFile(): number {
  return faults.clockFile === undefined ? 0 : Number(readFileSync(faults.clockFile, 'utf8'));
}

export const systemAmbient: Ambient = {
  ...realAmbient,
  now: () => new Date(Date.now() + (faults.clockOffMs ?? 0) + onFile()),
};

/** By the machine's own timetable: a task that is not on it, or does nothing, is missed. */
export async function startJobs(url: string, options: JobsOptions): Promise<Jobs> {
  const { minuteMs } = faults;
  if (minuteMs === undefined) return realJobs(url, options);
  const jobs = await realJobs(url, { ...options, freeEveryMs: minuteMs });
  const everyMinute = options.crontab.filter(({ at }) => at === '* * * * *');
  const minutes = setInterval(() => {
    // A database that is not there just now misses a minute.
    for (const { task } of everyMinute) void jobs.runSoon(task).catch(() => {});
  }, minuteMs);
  return {
    ...jobs,
    stop: () => {
      clearInterval(minutes);
      return jobs.stop();
    },
  };
}

export function smsChannel(options: SmsChannelOptions): Channel {
  return realChannel(faults.isPatient ? options : { ...options, timeoutMs: 1_500 });
}
