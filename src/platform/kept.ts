/** What a retention rule did and what it left: counts and days only, never what was in it. */
export interface Kept {
  /** What is kept, in plain words. */
  readonly store: string;
  /** For how long. */
  readonly rule: string;
  readonly deleted: number;
  readonly left: number;
  /** The ISO day of the oldest that is left. */
  readonly oldest?: string;
  /** Something that should not be: worth an alert. */
  readonly alert?: string;
}

/** One statement that gives `left` and `oldest`. */
export interface LeftRow {
  readonly left: number;
  readonly oldest: string | null;
}

export function leftOf(row: LeftRow | undefined): Pick<Kept, 'left' | 'oldest'> {
  if (!row) return { left: 0 };
  return { left: row.left, ...(row.oldest === null ? {} : { oldest: row.oldest }) };
}
