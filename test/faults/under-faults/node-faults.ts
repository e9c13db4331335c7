/** What a test gives a process to suffer from, as JSON in HEARD_TEST_FAULTS. */
import type { FaultPoint } from '../../../src/delivery/lifeline.ts';
import type { ReleasePoint } from '../../../src/privacy/release-tools.ts';
import type { Wrong } from '../breakages.ts';

export interface NodeFaults {
  readonly diesAt?: { readonly point: FaultPoint | ReleasePoint; readonly times: number };
  /** Stands still here for so long, once. */
  readonly holdsAt?: { readonly point: ReleasePoint; readonly ms: number };
  /** How far its clock is off, by this and by what stands in a file. */
  readonly clockOffMs?: number;
  readonly clockFile?: string;
  /** Waits for a silent provider as long as the program does in use. */
  readonly isPatient?: boolean;
  /** A line of the program that is wrong on purpose: a run with it must not pass. */
  readonly breakage?: Pick<Wrong, 'file' | 'right' | 'wrong'>;
}
