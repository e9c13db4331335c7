/** The bands that numbers are counted in: fixed before anybody answers. */
import { expect, test } from 'vitest';
import { bandOf, numberBands } from '../../src/results/number-bands.ts';

test('bands cover every number within the bounds once, and nothing outside', () => {
  for (const bounds of [
    { min: 0, max: 10 },
    { min: 1, max: 7 },
    { min: -20, max: 300 },
  ]) {
    const bands = numberBands(bounds);
    expect(bands.length).toBeLessThanOrEqual(7);
    for (let value = bounds.min; value <= bounds.max; value++) {
      const holding = bands.filter((band) => bandOf([band], value));
      expect(holding).toHaveLength(1);
    }
    expect(bandOf(bands, bounds.max + 1)).toBeUndefined();
  }
});

test('bands without bounds are the same for every question', () => {
  const bands = numberBands();
  const labels = [-3, 0, 4, 9, 19, 49, 99, 100, 5000].map((value) => bandOf(bands, value)?.label);
  expect(labels).toEqual([
    'below 0',
    '0',
    '1 to 4',
    '5 to 9',
    '10 to 19',
    '20 to 49',
    '50 to 99',
    '100 or more',
    '100 or more',
  ]);
});
