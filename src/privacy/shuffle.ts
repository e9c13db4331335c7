/** A fair shuffle: every order is equally likely, by secure randomness. Orders must tell nothing. */
import type { Ambient } from '../platform/ambient.ts';

export function shuffled<T>(items: readonly T[], ambient: Ambient): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = ambient.below(last + 1);
    const moved = result[last] as T;
    result[last] = result[other] as T;
    result[other] = moved;
  }
  return result;
}
