/**
 * When what Heard begins by itself may go out: later in the afternoon for young people on school
 * days, never at night. Replies, signposts and opt-out confirmations do not ask here. Pure: the
 * moment is passed in, and hours are those of the installation's clocks, summer and winter.
 */
import { nextDay } from '../platform/calendar.ts';
import { localTimeOf, momentsOf } from '../platform/local-time.ts';
import { type Holidays, isSchoolDay } from './school-days.ts';

/** Whose hours a message keeps. */
export type Hours = 'under-18' | 'adults';

export interface SendingHours {
  readonly timeZone: string;
  readonly holidays: Holidays;
  /** HEARD_SEND_WINDOW=always: no hours are kept. */
  readonly always: boolean;
}

export type MayGo =
  /** Until the hours close; without end where none are kept. */
  | { readonly kind: 'now'; readonly since?: Date; readonly until?: Date }
  | { readonly kind: 'from'; readonly at: Date };

/** A consultation that anybody under 18 may answer keeps their hours; so does one that says no ages. */
export function hoursFor(ages: readonly [number, number] | undefined): Hours {
  return ages !== undefined && ages[0] >= 18 ? 'adults' : 'under-18';
}

export function mayGoAt(now: Date, hours: Hours, sending: SendingHours): MayGo {
  if (sending.always) return { kind: 'now' };
  let { day } = localTimeOf(now, sending.timeZone);
  for (let looked = 0; looked < 3; looked++, day = nextDay(day)) {
    const { opens, closes } = openOn(day, hours, sending);
    if (now < opens) return { kind: 'from', at: opens };
    if (now < closes) return { kind: 'now', since: opens, until: closes };
  }
  throw new Error('no opening within three days');
}

/** Hours that are open, in which what is claimed now can also leave. */
export interface OpenHours {
  readonly hours: Hours;
  /** Undefined: from ever, for ever. */
  readonly since?: Date;
  readonly until?: Date;
}

/** `leavesWithinMs`: how long it may take from here until a message has left. */
export function openHours(
  now: Date,
  sending: SendingHours,
  leavesWithinMs: number,
): readonly OpenHours[] {
  return ALL_HOURS.flatMap((hours) => {
    const may = mayGoAt(now, hours, sending);
    if (may.kind === 'from') return [];
    if (may.until === undefined) return [{ hours }];
    const until = new Date(may.until.getTime() - leavesWithinMs);
    return now < until ? [{ ...may, hours, until }] : [];
  });
}

const ALL_HOURS: readonly Hours[] = ['under-18', 'adults'];

interface Open {
  readonly opens: Date;
  readonly closes: Date;
}

function openOn(day: string, hours: Hours, { timeZone, holidays }: SendingHours): Open {
  const [from, to] = minutesOn(day, hours, holidays);
  return { opens: latest(day, from, timeZone), closes: earliest(day, to, timeZone) };
}

const at = (hour: number, minute = 0): number => hour * 60 + minute;

function minutesOn(day: string, hours: Hours, holidays: Holidays): readonly [number, number] {
  if (hours === 'adults') return [at(10), at(20)];
  return isSchoolDay(day, holidays) ? [at(16), at(19, 30)] : [at(10), at(18)];
}

/** Where clocks change at such an hour, the narrower hours are kept. */
function latest(day: string, minute: number, timeZone: string): Date {
  return momentsOf({ day, minute }, timeZone).at(-1) ?? latest(day, minute + 1, timeZone);
}

function earliest(day: string, minute: number, timeZone: string): Date {
  return momentsOf({ day, minute }, timeZone)[0] ?? earliest(day, minute - 1, timeZone);
}
