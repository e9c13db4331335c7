/**
 * Which days are school days. Weekends and the bank holidays of England and Wales, worked out here
 * for every year, are none; what a council knows besides (its school holidays, a bank holiday for a
 * coronation) comes from its holidays file.
 */
export interface Holidays {
  /** Inclusive, as ISO dates. */
  readonly schoolHolidays: readonly { readonly from: string; readonly to: string }[];
  /** Beside the ones of every year. */
  readonly bankHolidays: readonly string[];
  /** School days although everything else says otherwise: a bank holiday that was moved. */
  readonly schoolDays: readonly string[];
}

export const NO_HOLIDAYS: Holidays = { schoolHolidays: [], bankHolidays: [], schoolDays: [] };

export function isSchoolDay(day: string, holidays: Holidays): boolean {
  if (holidays.schoolDays.includes(day)) return true;
  if (isWeekend(day) || isBankHoliday(day) || holidays.bankHolidays.includes(day)) return false;
  return !holidays.schoolHolidays.some(({ from, to }) => from <= day && day <= to);
}

/** Of England and Wales, by the rules of every year. */
export function isBankHoliday(day: string): boolean {
  return bankHolidaysOf(Number(day.slice(0, 4))).has(day);
}

const known = new Map<number, ReadonlySet<string>>();

function bankHolidaysOf(year: number): ReadonlySet<string> {
  const already = known.get(year);
  if (already) return already;
  const easter = easterSunday(year);
  const newYear = substitute(iso(year, 1, 1));
  const christmas = substitute(iso(year, 12, 25));
  const boxing = substitute(iso(year, 12, 26), christmas);
  const days = new Set([
    newYear,
    plusDays(easter, -2),
    plusDays(easter, 1),
    firstMonday(iso(year, 5, 1)),
    plusDays(firstMonday(iso(year, 6, 1)), -7),
    plusDays(firstMonday(iso(year, 9, 1)), -7),
    christmas,
    boxing,
  ]);
  known.set(year, days);
  return days;
}

/** A holiday on a weekend is given on the next weekday that is not one already. */
function substitute(day: string, taken?: string): string {
  return isWeekend(day) || day === taken ? substitute(plusDays(day, 1), taken) : day;
}

function firstMonday(from: string): string {
  return weekday(from) === MONDAY ? from : firstMonday(plusDays(from, 1));
}

/** The Gregorian rule, by Meeus, Jones and Butcher. */
function easterSunday(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const shift = century - Math.floor((century + 8) / 25) + 1;
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor(shift / 3) + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const count = epact + toSunday - 7 * late + 114;
  return iso(year, Math.floor(count / 31), (count % 31) + 1);
}

const MONDAY = 1;

function isWeekend(day: string): boolean {
  return weekday(day) % 6 === 0;
}

function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

function plusDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

function iso(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
