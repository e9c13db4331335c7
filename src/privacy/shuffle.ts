/** A fair shuffle: every order is equally likely, by secure randomness. Orders must tell nothing. */
import type { Ambient } from '../platform/ambient.ts';

/** So large that two items never draw the same number. */
const LARGEST = 2 ** 48 - 1;

export function shuffled<T>(items: readonly T[], ambient: Ambient): T[] {
  return items
    .map((item) => ({ item, drawn: ambient.below(LARGEST) }))
    .sort((one, other) => one.drawn - other.drawn)
    .map(({ item }) => item);
}
