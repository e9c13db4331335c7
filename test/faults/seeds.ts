/** Which seeds run: the fixed ones, as many as FAULT_SEEDS says, or the one of FAULT_SEED. */
export const SEEDS_THAT_ALWAYS_RUN: readonly number[] = [1, 2, 3, 4];

export type Seeds =
  | { readonly kind: 'seeds'; readonly seeds: readonly number[] }
  /** What was asked for is no number of anything: a run of nothing would pass. */
  | { readonly kind: 'refused'; readonly reason: string };

export function seedsToRun(environment: NodeJS.ProcessEnv): Seeds {
  const { FAULT_SEED: alone, FAULT_SEEDS: count } = environment;
  if (alone !== undefined) {
    const seed = wholeNumber(alone);
    return seed === undefined
      ? { kind: 'refused', reason: 'A seed is a whole number from 1 to 999999999.' }
      : { kind: 'seeds', seeds: [seed] };
  }
  if (count === undefined) return { kind: 'seeds', seeds: SEEDS_THAT_ALWAYS_RUN };
  const most = wholeNumber(count);
  return most === undefined
    ? { kind: 'refused', reason: 'FAULT_SEEDS says how many seeds run: a whole number from 1.' }
    : { kind: 'seeds', seeds: Array.from({ length: most }, (_, at) => at + 1) };
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
