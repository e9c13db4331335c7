/**
 * Notices that the other side is a machine: an out-of-office note, another bot, a phone that sends
 * everything back. It keeps counts and a few keyed hashes, never a text.
 */

export interface LoopState {
  /** Hash of the last text, and how often it came in a row. */
  readonly last: string;
  readonly repeats: number;
  /** The hour that is counted: hours since 1970. */
  readonly hour: number;
  readonly inHour: number;
}

export type LoopVerdict =
  | { readonly kind: 'person' }
  /** Apply what was said, but answer no more than once: silence ends a loop. */
  | { readonly kind: 'loop'; readonly because: 'same-text' | 'too-many' };

/** A person in a hurry repeats "help" a few times; a machine does not stop. */
const SAME_TEXTS = 5;
/** Every question, repair and command of a long flow, with room to spare. */
const MOST_IN_AN_HOUR = 60;
const HOUR_MS = 3_600_000;

/** `textHash`: a keyed hash of the folded text. Give the returned state to the next call. */
export function guardLoop(
  before: LoopState | undefined,
  textHash: string,
  now: Date,
): { readonly verdict: LoopVerdict; readonly state: LoopState } {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const state: LoopState = {
    last: textHash,
    repeats: before?.last === textHash ? before.repeats + 1 : 1,
    hour,
    inHour: before?.hour === hour ? before.inHour + 1 : 1,
  };
  return { verdict: verdictOn(state), state };
}

function verdictOn({ repeats, inHour }: LoopState): LoopVerdict {
  if (repeats > SAME_TEXTS) return { kind: 'loop', because: 'same-text' };
  if (inHour > MOST_IN_AN_HOUR) return { kind: 'loop', because: 'too-many' };
  return { kind: 'person' };
}
