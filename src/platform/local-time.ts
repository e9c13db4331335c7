/**
 * Local times of day as moments, in any time zone and over every change of its clocks: a local time
 * may name one moment, two (the hour that comes again in autumn) or none (the hour that spring
 * leaves out). Days are ISO dates; minutes count from midnight as a wall clock shows it.
 */

export interface LocalTime {
  readonly day: string;
  readonly minute: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export function localTimeOf(moment: Date, timeZone: string): LocalTime {
  const wall = wallClock(moment, timeZone);
  return {
    day: wall.toISOString().slice(0, 10),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}

/** Every moment at which the clocks show this, the earliest first. */
export function momentsOf({ day, minute }: LocalTime, timeZone: string): readonly Date[] {
  const shown = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  const offsets = new Set([offsetAt(shown - DAY_MS, timeZone), offsetAt(shown + DAY_MS, timeZone)]);
  return [...offsets]
    .map((offset) => shown - offset)
    .filter((moment) => moment + offsetAt(moment, timeZone) === shown)
    .toSorted((a, b) => a - b)
    .map((moment) => new Date(moment));
}

export type ReadLocalTime =
  | { readonly kind: 'moment'; readonly at: Date }
  | { readonly kind: 'refused'; readonly reason: string };

/** A local time as people write it: 2027-01-28 16:30. One that has passed is refused. */
export function readLocalTime(text: string, timeZone: string, now: Date): ReadLocalTime {
  const [, day = '', hour = '', minute = ''] = WRITTEN.exec(text.trim()) ?? [];
  const time = { day, minute: Number(hour) * 60 + Number(minute) };
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59) {
    return refused('Write the time as year-month-day hour:minute, such as "2027-01-28 16:30".');
  }
  const [at, again] = momentsOf(time, timeZone);
  if (!at) return refused(`The clocks go forward then: there is no ${hour}:${minute} on ${day}.`);
  if (again) {
    return refused(
      `The clocks go back then: ${hour}:${minute} comes twice on ${day}. Choose another time.`,
    );
  }
  return at <= now ? refused('That time has passed.') : { kind: 'moment', at };
}

const WRITTEN = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})$/;

function refused(reason: string): ReadLocalTime {
  return { kind: 'refused', reason };
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function offsetAt(moment: number, timeZone: string): number {
  const whole = Math.floor(moment / MINUTE_MS) * MINUTE_MS;
  return wallClock(new Date(whole), timeZone).getTime() - whole;
}

/** What the clocks show, written as if it were UTC. */
function wallClock(moment: Date, timeZone: string): Date {
  const part = new Map(
    formatter(timeZone)
      .formatToParts(moment)
      .map((one) => [one.type, one]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(part.get(type)?.value);
  return new Date(
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')),
  );
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}
