/** What a test gives a process to suffer from, as JSON in HEARD_TEST_FAULTS. */
import type { FaultPoint } from '../../../src/delivery/lifeline.ts';
import type { ReleasePoint } from '../../../src/privacy/release-tools.ts';

export interface NodeFaults {
  readonly diesAt?: { readonly point: FaultPoint | ReleasePoint; readonly times: number };
  readonly clockOffMs?: number;
}
