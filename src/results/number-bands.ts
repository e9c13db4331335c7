/**
 * Bands for a question that is answered with a number. They come from the flow alone, never from
 * the answers: bands that moved with the answers would tell where single ones lie.
 */

export interface Band {
  readonly id: string;
  readonly label: string;
  /** Inclusive; open at either end when missing. */
  readonly from?: number;
  /** Exclusive. */
  readonly below?: number;
}

const MOST_BANDS = 7;
/** Where the question has no bounds. */
const STEPS = [0, 1, 5, 10, 20, 50, 100];

export function numberBands(bounds: { readonly min?: number; readonly max?: number } = {}): Band[] {
  const { min, max } = bounds;
  if (min === undefined || max === undefined) return openBands();
  const width = bandWidth(max - min + 1);
  const bands: Band[] = [];
  for (let from = min; from <= max; from += width) {
    bands.push(band(from, Math.min(from + width, max + 1)));
  }
  return bands;
}

/** Undefined for a number outside every band. */
export function bandOf(bands: readonly Band[], value: number): Band | undefined {
  return bands.find(({ from = -Infinity, below = Infinity }) => value >= from && value < below);
}

function openBands(): Band[] {
  const between = STEPS.slice(0, -1).map((from, at) => band(from, STEPS[at + 1] ?? from));
  const last = STEPS.at(-1) ?? 0;
  return [
    { id: 'below-0', label: 'below 0', below: 0 },
    ...between,
    { id: `${last}-up`, label: `${last} or more`, from: last },
  ];
}

function band(from: number, below: number): Band {
  const upTo = below - 1;
  const label = from === upTo ? String(from) : `${from} to ${upTo}`;
  return { id: from === upTo ? String(from) : `${from}-${upTo}`, label, from, below };
}

/** The smallest round width with at most seven bands: 1, 2, 5, 10, 20, 50 ... */
function bandWidth(values: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) {
      if (values <= step * power * MOST_BANDS) return step * power;
    }
  }
}
