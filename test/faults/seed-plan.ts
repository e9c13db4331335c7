/**
 * What a seed plans, before anything runs. By rotation, so that a few seeds in a row meet every fault
 * there is; whatever a plan names must really happen in its run, or the run has failed.
 */
import type { FaultPoint } from '../../src/delivery/lifeline.ts';
import type { ReleasePoint } from '../../src/privacy/release-tools.ts';
import {
  ALWAYS,
  BROADCAST_MISHAPS,
  DISPATCHER_POINTS,
  type Fault,
  FOR_GOOD,
  type MishapName,
  REPORTS,
  TALK_MISHAPS,
  TRICKS,
} from './faults.ts';

export type Role = 'both' | 'web' | 'worker';

export interface SeedPlan {
  readonly seed: number;
  readonly roles: readonly Role[];
  readonly diesAt: { readonly machine: number; readonly point: FaultPoint };
  readonly clockOff: { readonly machine: number; readonly isAhead: boolean };
  /** Waits for the provider as long as the program does in use. */
  readonly patient: number;
  /** Killed in the middle of the broadcast for good, where others can go on. */
  readonly lost?: number;
  readonly releaseDiesAt: ReleasePoint;
  readonly lastReleaseDiesAt: ReleasePoint;
  readonly talkMishaps: readonly MishapName[];
  readonly broadcastMishaps: readonly MishapName[];
}

const ROLES: readonly (readonly Role[])[] = [
  ['both', 'both'],
  ['both', 'both', 'both'],
  ['web', 'both', 'worker'],
  ['web', 'worker', 'worker', 'worker'],
  ['both'],
];
const RELEASES = ['carried', 'batch-closed', 'dropped', 'key-destroyed', 'stored'] as const;
/** The last release of a consultation carries nothing on. */
const LAST_RELEASES = ['locked', 'stored', 'committed', 'dropped'] as const;
const MISHAPS_A_PHASE = 3;

export function planFor(seed: number): SeedPlan {
  const turn = seed - 1;
  const roles = turning(ROLES, turn);
  const sending = roles.flatMap((role, at) => (role === 'web' ? [] : [at]));
  const [first = 0, ...others] = sending;
  const lost = others.length > 1 ? { lost: others[0] ?? 0 } : {};
  return {
    seed,
    ...lost,
    roles,
    diesAt: { machine: first, point: turning(DISPATCHER_POINTS, turn) },
    clockOff: { machine: roles.length - 1, isAhead: seed % 2 === 0 },
    patient: sending.at(-1) ?? first,
    releaseDiesAt: turning(RELEASES, turn),
    lastReleaseDiesAt: turning(LAST_RELEASES, turn),
    talkMishaps: someOf(TALK_MISHAPS, turn),
    broadcastMishaps: someOf(BROADCAST_MISHAPS, turn),
  };
}

export function plannedFaults(plan: SeedPlan): ReadonlySet<Fault> {
  return new Set<Fault>([
    ...ALWAYS,
    // The patient one, where it is alone, waits out a short silence, and nobody sees its leases end.
    ...TRICKS.filter((trick) => !/^(silence|stopped)/.test(trick) || sendsBesideThePatient(plan)),
    ...REPORTS,
    ...plan.talkMishaps,
    ...plan.broadcastMishaps,
    `killed at ${plan.diesAt.point}`,
    `killed at ${plan.diesAt.point} in the feedback`,
    ...(plan.lost === undefined ? [] : [FOR_GOOD]),
    `release killed at ${plan.releaseDiesAt}`,
    `release killed at ${plan.lastReleaseDiesAt}`,
  ]);
}

function sendsBesideThePatient({ roles, patient, lost }: SeedPlan): boolean {
  return roles.some((role, at) => role !== 'web' && at !== patient && at !== lost);
}

function turning<One>(all: readonly One[], turn: number): One {
  const one = all[((turn % all.length) + all.length) % all.length];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

function someOf<One>(all: readonly One[], turn: number): readonly One[] {
  return Array.from({ length: MISHAPS_A_PHASE }, (_, at) =>
    turning(all, turn * MISHAPS_A_PHASE + at),
  );
}
