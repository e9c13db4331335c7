/** One line of the bench: a figure of ours beside a reference measured in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What ours is held against, in the same unit; null where the goal is an absolute one. */
  readonly reference: number | null;
  readonly ratio: number | null;
  /** In words: "at least 0.7 of the bare one". */
  readonly goal: string;
  readonly holds: boolean;
}

/** Ours is to be at least this part of the reference. */
export function atLeast(
  name: string,
  unit: string,
  { value, reference, part }: { value: number; reference: number; part: number },
): BenchRow {
  const ratio = value / reference;
  return {
    name,
    value: round(value),
    unit,
    reference: round(reference),
    ratio: round(ratio),
    goal: `at least ${part} of the reference`,
    holds: ratio >= part,
  };
}

/** Ours is to stay under an absolute limit; a reference only stands beside it. */
export function under(
  name: string,
  unit: string,
  { value, limit, reference }: { value: number; limit: number; reference?: number },
): BenchRow {
  return {
    ...noted(name, unit, value, reference),
    goal: `under ${limit} ${unit}`,
    holds: value < limit,
  };
}

/** Told beside the others, held to nothing. */
export function noted(name: string, unit: string, value: number, reference?: number): BenchRow {
  return {
    name,
    value: round(value),
    unit,
    reference: reference === undefined ? null : round(reference),
    ratio: reference === undefined ? null : round(value / reference),
    goal: 'noted',
    holds: true,
  };
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
