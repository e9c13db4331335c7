/** What a release works with; passed in whole, so that a test can hold each of it still. */

import type { Ambient } from '../platform/ambient.ts';
import type { Pool, Queryable } from '../platform/postgres.ts';
import type { KeyHolder } from './keys.ts';

export interface ReleaseTools {
  readonly pool: Pool;
  readonly keys: KeyHolder;
  readonly ambient: Ambient;
  readonly timeZone: string;
  /** HEARD_RELEASE_MIN: nothing is released among fewer, and as many stay back. */
  readonly min: number;
  readonly screening?: Screening;
  /** Told of each step as it is passed: tests stop the world there. */
  readonly at?: (point: ReleasePoint) => void | Promise<void>;
}

export type ReleasePoint =
  | 'batch-closed'
  | 'locked'
  | 'stored'
  | 'carried'
  | 'dropped'
  | 'committed'
  | 'key-destroyed';

/** The last look for harm, while the way back to a person still exists. */
export interface Screening {
  /** How grave what one person wrote is; undefined when there is nothing. */
  readonly screen: (texts: readonly string[]) => 'red' | 'amber' | undefined;
  /** In the release's own transaction: when this throws, nothing is released. */
  readonly report: (tx: Queryable, finding: ScreeningFinding) => Promise<void>;
}

export interface ScreeningFinding {
  readonly level: 'red' | 'amber';
  readonly consultation: string;
  /** What one person wrote: for the lead alone, sealed before this transaction ends. */
  readonly texts: readonly string[];
  /** Sealed to the safeguarding lead; missing in opt-in mode, and without a lead. */
  readonly caseLink?: Uint8Array;
}

/** One figure for everyone who would lower it: fewer than ten can be told apart. */
export const LEAST_MIN = 10;
