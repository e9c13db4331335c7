/** The nights on which the clocks change, with a machine that is two hours ahead, or behind. */
import { TWO_HOURS_MS } from '../stage.ts';
import type { Night } from './night.ts';

/** Moments in UTC, with what the clocks of Bury show. */
export const NIGHTS = {
  spring: {
    name: 'spring',
    offMs: TWO_HOURS_MS,
    moments: [
      '2026-03-28T16:30Z', // 16:30 on a Saturday
      '2026-03-28T18:10Z', // 18:10: young people are left alone
      '2026-03-29T00:50Z', // 00:50
      '2026-03-29T01:10Z', // 02:10: ten minutes after the change
      '2026-03-29T08:50Z', // 09:50
      '2026-03-29T09:10Z', // 10:10, although it was 09:10 the day before
      '2026-03-29T17:10Z', // 18:10, although it was 17:10 the day before
      '2026-03-29T19:10Z', // 20:10
      '2026-03-30T14:50Z', // 15:50 on a school day
      '2026-03-30T15:10Z', // 16:10
    ],
  },
  autumn: {
    name: 'autumn',
    offMs: -TWO_HOURS_MS,
    moments: [
      '2026-10-24T16:30Z', // 17:30 on a Saturday
      '2026-10-24T17:10Z', // 18:10
      '2026-10-25T00:30Z', // 01:30
      '2026-10-25T01:30Z', // 01:30 once more
      '2026-10-25T09:10Z', // 09:10, although it was 10:10 the day before
      '2026-10-25T10:10Z', // 10:10
      '2026-10-25T17:10Z', // 17:10, although it was 18:10 the day before
      '2026-10-25T20:10Z', // 20:10
      '2026-10-26T15:50Z', // 15:50 on a school day
      '2026-10-26T16:10Z', // 16:10
    ],
  },
} as const satisfies Readonly<Record<string, Night>>;
