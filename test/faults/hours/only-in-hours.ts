/**
 * What delivery.md promises of the hours, said once more and without the program's help: what Heard
 * begins by itself leaves in them only, by the clock of the database and of the machine that sends.
 */
import { some } from '../invariants/seen.ts';

export interface Left {
  readonly body: string;
  /** By the database's clock, and by that of the machine that sent it. */
  readonly clocks: readonly Date[];
}

/** What began it, and whose hours it keeps, as these runs write it into each text. */
export const KINDS = ['invitation', 'reminder', 'feedback'] as const;
export const HOURS = ['under-18', 'adults'] as const;
export type HoursName = (typeof HOURS)[number];

export function onlyInHours(left: readonly Left[]): readonly string[] {
  return KINDS.flatMap((kind) =>
    HOURS.flatMap((hours) =>
      some(
        left.filter(
          ({ body, clocks }) =>
            body === `${kind} ${hours}` && clocks.some((clock) => !isOpen(clock, hours)),
        ).length,
        `of class ${kind} left outside the hours of ${hours}`,
      ),
    ),
  );
}

/** In Bury: none of the days of these runs is a holiday. */
export function isOpen(moment: Date, hours: HoursName): boolean {
  const { weekday, hour, minute } = Object.fromEntries(
    LONDON.formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  const at = Number(hour) * 60 + Number(minute);
  const isWeekend = weekday === 'Sat' || weekday === 'Sun';
  if (hours === 'adults') return at >= 10 * 60 && at < 20 * 60;
  return isWeekend ? at >= 10 * 60 && at < 18 * 60 : at >= 16 * 60 && at < 19 * 60 + 30;
}

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
