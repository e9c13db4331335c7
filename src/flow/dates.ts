/**
 * Days as people read them in a text: "28 Jan", "Thu 5 Nov". A day is an ISO date; the names of
 * months and weekdays are sentences of the program, so that every language has its own.
 */
import type { Words } from './words.ts';

export function shortDate(words: Words, language: string, day: string): string {
  const month = Number(day.slice(5, 7));
  const date = Number(day.slice(8, 10));
  if (!(month >= 1 && month <= 12 && date >= 1)) return day;
  return `${date} ${words.say(`month_${month}`, language)}`;
}

/** With its weekday, which easy words leave out: one thing less to read. */
export function dateWithWeekday(words: Words, language: string, day: string): string {
  const date = shortDate(words, language, day);
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  if (language.endsWith('-easy') || Number.isNaN(weekday)) return date;
  return `${words.say(`weekday_${weekday === 0 ? 7 : weekday}`, language)} ${date}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const QUARTER_MS = 900_000;
const last = { timeZone: '', quarter: -1, day: '' };

/** The ISO day that a moment falls on in a time zone. Zones change their offset on quarter hours. */
export function dayOf(moment: Date, timeZone: string): string {
  const quarter = Math.floor(moment.getTime() / QUARTER_MS);
  if (last.quarter === quarter && last.timeZone === timeZone) return last.day;
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    formatters.set(timeZone, formatter);
  }
  last.day = formatter.format(moment);
  last.timeZone = timeZone;
  last.quarter = quarter;
  return last.day;
}
