import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  GATE,
  OFFICER,
  type Profile,
  PUBLISH,
  percentOf,
  protectCount,
  protectExclusive,
  protectMultiple,
  rounded,
} from '../../src/results/disclosure.ts';

const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

const exclusive = (counts: readonly number[], profile: Profile = OFFICER) =>
  protectExclusive(counts, total(counts), profile);

describe('a table of answers', () => {
  it('shows counts and base rounded to five, each by itself', () => {
    expect(exclusive([12, 33, 21])).toEqual({ base: 65, counts: [10, 35, 20] });
  });

  it('hides a small cell and the next smallest with it', () => {
    expect(exclusive([12, 3, 15, 9])).toEqual({ base: 40, counts: [10, null, 15, null] });
  });

  it('treats nobody like a few: "nobody" tells on everybody', () => {
    expect(exclusive([30, 0])).toEqual({ base: 30, counts: [null, null] });
    expect(exclusive([0, 0, 40])).toEqual({ base: 40, counts: [null, null, 40] });
  });

  it('says nothing about fewer than ten', () => {
    expect(exclusive([9, 0])).toEqual({ base: null, counts: [null, null] });
    expect(exclusive([5, 5])).toEqual({ base: 10, counts: [5, 5] });
    expect(exclusive([])).toEqual({ base: null, counts: [] });
  });

  it('hides more when it leaves the council', () => {
    const counts = [12, 7, 20, 25];
    expect(exclusive(counts, OFFICER).counts).toEqual([10, 5, 20, 25]);
    expect(exclusive(counts, PUBLISH).counts).toEqual([null, null, 20, 25]);
  });

  it('hides more where two small cells would be known to be tiny together', () => {
    // 52 of 52 shown but two cells: together they could be 4 at most, less than the threshold.
    const safe = exclusive([50, 1, 1], PUBLISH);
    expect(safe.counts).toEqual([null, null, null]);
  });

  it('of a single cell says nothing', () => {
    expect(protectExclusive([3], 20, OFFICER)).toEqual({ base: null, counts: [null] });
  });
});

describe('several choices each', () => {
  it('are a table of their own: one hidden cell hides no other', () => {
    expect(protectMultiple([40, 3, 20], 50, 3, OFFICER).counts).toEqual([40, null, 20]);
  });

  it('hide "all but a few" where the rounding would give the few away', () => {
    // 101 of 103: shown as 100 of 105, at least one did not.
    expect(protectMultiple([101, 50, 60], 103, 3, OFFICER).counts).toEqual([null, 50, 60]);
    // 100 of 100: zero to four did not; which of them, nobody can tell.
    expect(protectMultiple([100, 50, 60], 100, 3, OFFICER).counts).toEqual([100, 50, 60]);
  });
});

describe('shares', () => {
  it('come from shown figures, as whole numbers, from twenty on', () => {
    expect(percentOf(35, 65)).toBe(54);
    expect(percentOf(10, 15)).toBeUndefined();
    expect(percentOf(null, 65)).toBeUndefined();
    expect(percentOf(10, null)).toBeUndefined();
    expect(percentOf(25, 20)).toBe(100);
  });
});

describe('a count alone', () => {
  it('is shown from ten on', () => {
    expect(protectCount(9, OFFICER)).toBeNull();
    expect(protectCount(12, OFFICER)).toBe(10);
    expect(protectCount(13, { threshold: 15 })).toBeNull();
  });
});

/**
 * What an attacker can do who knows the rules and every published figure: list each value that a
 * cell can have in any table that would have been published like this one.
 */
function possible(shown: number | null, threshold: number, most: number): readonly number[] {
  const values = Array.from({ length: most + 1 }, (_, value) => value);
  if (shown === null) return values;
  return values.filter((value) => rounded(value) === shown && value >= threshold);
}

const reach = (base: number | null): number => (base ?? 0) + 2;

/** All values that cell `at` can have when the cells sum to a base that rounds as shown. */
function feasibleExclusive(
  shown: readonly (number | null)[],
  base: number,
  at: number,
  threshold: number,
): ReadonlySet<number> {
  const most = reach(base);
  let sums = new Set([0]);
  for (const [other, count] of shown.entries()) {
    if (other === at) continue;
    const next = new Set<number>();
    for (const sum of sums) {
      for (const value of possible(count, threshold, most))
        if (sum + value <= most) next.add(sum + value);
    }
    sums = next;
  }
  const bases = Array.from({ length: most + 1 }, (_, value) => value).filter(
    (value) => value >= GATE && rounded(value) === base,
  );
  const own = possible(shown[at] ?? null, threshold, most);
  return new Set(own.filter((value) => bases.some((whole) => sums.has(whole - value))));
}

const smallCells = (threshold: number): readonly number[] =>
  Array.from({ length: threshold }, (_, value) => value);

const tables = fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 })), {
  minLength: 1,
  maxLength: 6,
});
const profiles = fc.constantFrom(OFFICER, PUBLISH, { threshold: 7 });
const runs = { numRuns: 600, seed: 20_261_102 };

describe('an attacker who knows the rules', () => {
  it('can never narrow a hidden cell down', () => {
    fc.assert(
      fc.property(tables, profiles, (counts, profile) => {
        const safe = exclusive(counts, profile);
        if (safe.base === null) return;
        for (const [at, shown] of safe.counts.entries()) {
          if (shown !== null) continue;
          const feasible = feasibleExclusive(safe.counts, safe.base, at, profile.threshold);
          for (const value of smallCells(profile.threshold)) expect(feasible).toContain(value);
        }
      }),
      runs,
    );
  });

  it('can never narrow a hidden choice down, nor the few who did not choose', () => {
    const rows = fc.tuple(tables, fc.integer({ min: 10, max: 80 }), fc.integer({ min: 2, max: 4 }));
    fc.assert(
      fc.property(rows, profiles, ([raw, base, max], profile) => {
        const counts = raw.map((count) => Math.min(count, base));
        if (counts.length < 2 || total(counts) < base || total(counts) > base * max) return;
        const safe = protectMultiple(counts, base, max, profile);
        if (safe.base === null) return;
        const bases = Array.from({ length: 5 }, (_, at) => (safe.base ?? 0) - 2 + at).filter(
          (value) => value >= GATE,
        );
        for (const [at, shown] of safe.counts.entries()) {
          const others = safe.counts.filter((_, other) => other !== at);
          const feasible = new Set<number>();
          const complements = new Set<number>();
          for (const whole of bases) {
            const least = total(
              others.map((one) => possible(one, profile.threshold, whole)[0] ?? 0),
            );
            const most = total(
              others.map((one) => possible(one, profile.threshold, whole).at(-1) ?? 0),
            );
            for (const value of possible(shown, profile.threshold, whole)) {
              if (value + most < whole || value + least > max * whole) continue;
              feasible.add(value);
              complements.add(whole - value);
            }
          }
          const small = smallCells(profile.threshold);
          if (shown === null) for (const value of small) expect(feasible).toContain(value);
          const few = base - (counts[at] ?? 0);
          if (few < profile.threshold)
            for (const value of small) expect(complements).toContain(value);
        }
      }),
      runs,
    );
  });

  it('gets only multiples of five, near the truth, and never a small count', () => {
    fc.assert(
      fc.property(tables, profiles, (counts, profile) => {
        const safe = exclusive(counts, profile);
        const truth = [...counts, total(counts)];
        for (const [at, shown] of [...safe.counts, safe.base].entries()) {
          if (shown === null) continue;
          expect(shown % 5).toBe(0);
          expect(Math.abs(shown - (truth[at] ?? 0))).toBeLessThanOrEqual(2);
          expect(truth[at]).toBeGreaterThanOrEqual(profile.threshold);
        }
        const hidden = safe.counts.filter((shown) => shown === null).length;
        expect(safe.base !== null && hidden === 1).toBe(false);
      }),
      runs,
    );
  });
});
