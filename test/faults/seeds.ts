/** Which seeds run: the fixed ones, as many as FAULT_SEEDS says, or the one of FAULT_SEED. */
export const SEEDS_THAT_ALWAYS_RUN: readonly number[] = [1, 2, 3, 4];

export function seedsToRun(environment: NodeJS.ProcessEnv): readonly number[] {
  const { FAULT_SEED: alone, FAULT_SEEDS: count } = environment;
  if (alone !== undefined) return [Number(alone)];
  if (count === undefined) return SEEDS_THAT_ALWAYS_RUN;
  return Array.from({ length: Number(count) }, (_, at) => at + 1);
}
