/** Keys of days: destroyed when nothing carries them any more. */
import { describe, expect, it } from 'vitest';
import { sweepDayKeys } from '../../src/privacy/day-keys.ts';
import { NOON, privacyFixture } from './privacy-fixture.ts';

describe('tidying up the keys of days', () => {
  it('destroys the keys of days that nothing carries, but never of the last two', async () => {
    const own = await privacyFixture(5);
    try {
      for (const day of ['2026-10-28', '2026-10-29', '2026-11-01', '2026-11-02']) {
        await own.keys.dayKey(day);
      }
      const sweep = { now: NOON, inUse: new Set(['2026-10-29']) };
      expect(await sweepDayKeys(own.keys, sweep)).toEqual(['2026-10-28']);
      expect([...(await own.keys.days())].sort()).toEqual([
        '2026-10-29',
        '2026-11-01',
        '2026-11-02',
      ]);
    } finally {
      await own.end();
    }
  });
});
