/** The value that such a part of all stays below: 0.5 for the middle, 0.99 for nearly the worst. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * part)] ?? 0;
}
