/** Moments as an officer reads and writes them: local time, with the day of the week. */
import { type Hours, mayGoAt, type SendingHours } from '../delivery/hours.ts';
import { readLocalTime } from '../platform/local-time.ts';

export function shownMoment(moment: Date, timeZone: string): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(moment);
  const day = part({ day: 'numeric', month: 'long', year: 'numeric' });
  const time = part({ hour: '2-digit', minute: '2-digit' });
  return `${part({ weekday: 'long' })} ${day} at ${time}`;
}

export type Scheduled =
  | { readonly kind: 'scheduled'; readonly notBefore?: Date }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

/** The time that an option gives; none: as soon as may be. */
export function scheduledAt(
  text: string | undefined,
  option: string,
  timeZone: string,
  now: Date,
): Scheduled {
  if (text === undefined) return { kind: 'scheduled' };
  const read = readLocalTime(text, timeZone, now);
  return read.kind === 'moment'
    ? { kind: 'scheduled', notBefore: read.at }
    : { kind: 'refused', reasons: [`${option}: ${read.reason}`] };
}

/** When a broadcast begins, where that is not at once. */
export function beginsLines(
  notBefore: Date | undefined,
  hours: Hours,
  now: Date,
  sending: SendingHours,
): readonly string[] {
  const from = notBefore ?? now;
  const may = mayGoAt(from, hours, sending);
  if (may.kind === 'now') {
    return notBefore ? [`It begins on ${shownMoment(notBefore, sending.timeZone)}.`] : [];
  }
  return [
    `It begins on ${shownMoment(may.at, sending.timeZone)}: ${hours === 'under-18' ? 'young people' : 'people'} are not written to outside the hours.`,
  ];
}
