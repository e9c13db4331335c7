/**
 * Days as the installation's time zone has them. Privacy promises are made in whole days, so
 * "which day is it" is asked here and nowhere else; a day is an ISO date, never a timestamp.
 */

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The ISO date (2026-11-02) of a moment in a time zone; UTC when none is named. */
export function isoDay(moment: Date, timeZone = 'UTC'): string {
  if (timeZone === 'UTC') return moment.toISOString().slice(0, 10);
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(moment);
}

/** The first whole day on which `hours` after `moment` have passed: rounded up; 0 hours is today. */
export function dayAfterHours(moment: Date, hours: number, timeZone: string): string {
  if (hours === 0) return isoDay(moment, timeZone);
  return nextDay(isoDay(new Date(moment.getTime() + hours * 3_600_000), timeZone));
}

export function nextDay(day: string): string {
  return isoDay(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000));
}
