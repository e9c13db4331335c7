import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hours, hoursFor, mayGoAt, type SendingHours } from '../../src/delivery/hours.ts';
import { isBankHoliday, isSchoolDay, NO_HOLIDAYS } from '../../src/delivery/school-days.ts';

const LONDON: SendingHours = { timeZone: 'Europe/London', holidays: NO_HOLIDAYS, always: false };
const utc = (time: string): Date => new Date(`${time}:00Z`);

function answer(time: string, hours: Hours, sending: SendingHours = LONDON): string {
  const may = mayGoAt(utc(time), hours, sending);
  return may.kind === 'now' ? `now, until ${may.until?.toISOString()}` : may.at.toISOString();
}

describe('the hours', () => {
  test.each([
    // A Monday in winter: local time is UTC.
    ['2026-11-02T15:59', 'under-18', '2026-11-02T16:00:00.000Z'],
    ['2026-11-02T16:00', 'under-18', 'now, until 2026-11-02T19:30:00.000Z'],
    ['2026-11-02T19:29', 'under-18', 'now, until 2026-11-02T19:30:00.000Z'],
    ['2026-11-02T19:30', 'under-18', '2026-11-03T16:00:00.000Z'],
    ['2026-11-02T19:30', 'adults', 'now, until 2026-11-02T20:00:00.000Z'],
    ['2026-11-02T03:00', 'adults', '2026-11-02T10:00:00.000Z'],
    // A Friday evening leads to Saturday's longer hours.
    ['2026-11-06T20:00', 'under-18', '2026-11-07T10:00:00.000Z'],
    ['2026-11-08T18:00', 'under-18', '2026-11-09T16:00:00.000Z'],
    // Summer: an hour earlier in UTC.
    ['2026-07-01T15:00', 'under-18', 'now, until 2026-07-01T18:30:00.000Z'],
    ['2026-07-01T14:59', 'under-18', '2026-07-01T15:00:00.000Z'],
    // The night of 25 October 2026 has 25 hours, that of 28 March 2027 has 23; both are Sundays.
    ['2026-10-24T18:00', 'under-18', '2026-10-25T10:00:00.000Z'],
    ['2026-10-24T16:59', 'under-18', 'now, until 2026-10-24T17:00:00.000Z'],
    ['2026-10-25T01:30', 'adults', '2026-10-25T10:00:00.000Z'],
    ['2026-10-25T18:30', 'under-18', '2026-10-26T16:00:00.000Z'],
    ['2027-03-27T20:00', 'adults', '2027-03-28T09:00:00.000Z'],
    ['2027-03-28T00:30', 'under-18', '2027-03-28T09:00:00.000Z'],
    ['2027-03-28T01:00', 'adults', '2027-03-28T09:00:00.000Z'],
    ['2027-03-28T16:59', 'under-18', 'now, until 2027-03-28T17:00:00.000Z'],
    // Easter Monday is the day after.
    ['2027-03-28T17:00', 'under-18', '2027-03-29T09:00:00.000Z'],
  ] as const)('at %s UTC for %s: %s', (time, hours, expected) => {
    expect(answer(time, hours)).toBe(expected);
  });

  test('a school holiday has the hours of a free day, once the file names it', () => {
    const holidays = { ...NO_HOLIDAYS, schoolHolidays: [{ from: '2026-10-26', to: '2026-10-30' }] };
    expect(answer('2026-10-30T11:00', 'under-18', { ...LONDON, holidays })).toContain('now');
    expect(answer('2026-10-30T11:00', 'under-18')).toBe('2026-10-30T16:00:00.000Z');
    const moved = { ...holidays, schoolDays: ['2026-10-30'] };
    expect(answer('2026-10-30T11:00', 'under-18', { ...LONDON, holidays: moved })).toBe(
      '2026-10-30T16:00:00.000Z',
    );
  });

  test('lifted, there are none', () => {
    expect(mayGoAt(utc('2026-11-02T03:00'), 'under-18', { ...LONDON, always: true })).toEqual({
      kind: 'now',
    });
  });

  test('anybody under 18 makes them the hours of the young', () => {
    expect(
      [undefined, [11, 18], [17, 25], [18, 25]].map((ages) => hoursFor(ages as never)),
    ).toEqual(['under-18', 'under-18', 'under-18', 'adults']);
  });
});

test('the bank holidays of England and Wales', () => {
  const days = (year: number): readonly string[] =>
    Array.from({ length: 366 }, (_, day) =>
      new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10),
    ).filter((day) => day.startsWith(String(year)) && isBankHoliday(day));
  // As gov.uk lists them.
  expect(days(2026)).toEqual([
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-05-25',
    '2026-08-31',
    '2026-12-25',
    '2026-12-28',
  ]);
  expect(days(2027)).toEqual([
    '2027-01-01',
    '2027-03-26',
    '2027-03-29',
    '2027-05-03',
    '2027-05-31',
    '2027-08-30',
    '2027-12-27',
    '2027-12-28',
  ]);
  expect(days(2022).filter((day) => day < '2022-02' || day > '2022-12')).toEqual([
    '2022-01-03',
    '2022-12-26',
    '2022-12-27',
  ]);
  expect(isSchoolDay('2026-12-28', NO_HOLIDAYS)).toBe(false);
});

/** What a clock on the wall shows, by another way than the code under test. */
function shown(moment: Date, timeZone: string): { day: string; minute: number } {
  const text = moment.toLocaleString('sv-SE', { timeZone });
  return {
    day: text.slice(0, 10),
    minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
  };
}

describe('over thirty years, in any zone', () => {
  const moment = fc
    .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2050, 0, 1) })
    .map((time) => new Date(time));
  const zone = fc.constantFrom(
    'Europe/London',
    'Europe/Dublin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'UTC',
  );
  const hours = fc.constantFrom<Hours>('under-18', 'adults');

  test('nothing goes at night, and what is held goes within two days, in its hours', () => {
    fc.assert(
      fc.property(moment, zone, hours, (now, timeZone, whose) => {
        const sending = { ...LONDON, timeZone };
        const may = mayGoAt(now, whose, sending);
        const goes = may.kind === 'now' ? now : may.at;
        const { day, minute } = shown(goes, timeZone);
        const isFree = !isSchoolDay(day, NO_HOLIDAYS);
        const [from, to] = whose === 'adults' ? [600, 1200] : isFree ? [600, 1080] : [960, 1170];
        expect(minute).toBeGreaterThanOrEqual(from);
        expect(minute).toBeLessThan(to);
        expect(goes.getTime() - now.getTime()).toBeLessThan(2 * 86_400_000);
        if (may.kind === 'from') {
          expect(may.at > now).toBe(true);
          expect(minute).toBe(from);
          expect(mayGoAt(may.at, whose, sending).kind).toBe('now');
          const before = mayGoAt(new Date(may.at.getTime() - 1), whose, sending);
          expect(before).toEqual(may);
        } else {
          expect(now >= (may.since ?? now)).toBe(true);
          if (may.until) expect(shown(may.until, timeZone).minute).toBe(to);
        }
      }),
      { seed: 3, numRuns: 3_000 },
    );
  });
});
