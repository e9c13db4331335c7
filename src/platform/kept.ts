/**
 * The rules of retention and the proof of them: for every place where something is kept, what it is,
 * for how long, what went and what is left. Counts and days only, never what was in it.
 */
export interface Store extends Described {
  /** Deletes what has outlived its time. */
  readonly keep: () => Promise<Outcome>;
}

export interface Described {
  /** What is kept, in plain words. */
  readonly store: string;
  /** For how long; of what is kept for good, why. */
  readonly rule: string;
  readonly forGood?: true;
  /** The tables that it speaks of, so that none is left out; none where it speaks of keys. */
  readonly tables: readonly string[];
}

export interface Outcome {
  readonly deleted: number;
  readonly left: number;
  /** The ISO day of the oldest that is left. */
  readonly oldest?: string;
  /** Something that should not be: worth an alert. */
  readonly alert?: string;
}

export type Kept = Described & Outcome;

/** One statement that gives `left` and `oldest`. */
export interface LeftRow {
  readonly left: number;
  readonly oldest: string | null;
}

export function leftOf(row: LeftRow | undefined): Pick<Outcome, 'left' | 'oldest'> {
  if (!row) return { left: 0 };
  return { left: row.left, ...(row.oldest === null ? {} : { oldest: row.oldest }) };
}
