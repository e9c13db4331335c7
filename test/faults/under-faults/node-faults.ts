/** What a test gives a process to suffer from, as JSON in HEARD_TEST_FAULTS. */
import type { FaultPoint } from '../../../src/delivery/lifeline.ts';
import type { ReleasePoint } from '../../../src/privacy/release-tools.ts';
import type { Line } from '../breakages.ts';

export interface Death {
  readonly point: FaultPoint | ReleasePoint;
  /** The so many-th time that a process comes by is its last. */
  readonly times: number;
  /** Coming by counts from when this file is there. */
  readonly since?: string;
}

export interface NodeFaults {
  /** One after the other: a process dies of the first. */
  readonly diesAt?: readonly Death[];
  /** Stands still here for so long, once. */
  readonly holdsAt?: { readonly point: ReleasePoint; readonly ms: number };
  /** How far its clock is off, by this and by what stands in a file. */
  readonly clockOffMs?: number;
  readonly clockFile?: string;
  /** Waits for a silent provider as long as the program does in use. */
  readonly isPatient?: boolean;
  /** So long is a minute of its timetable: what is due every minute is due so often. */
  readonly minuteMs?: number;
  /** Lines of the program that are wrong on purpose: a run with them must not pass. */
  readonly wrong?: readonly Line[];
}
