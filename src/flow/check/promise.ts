/** What a council promises before it asks. No launch goes without all of it. */
import type { FlowDocument } from '../document.ts';
import { error, type Finding, onKey, type Rule, warning } from './subject.ts';

type Promised = NonNullable<FlowDocument['promise']>;

const NEEDED: Readonly<Partial<Record<keyof Promised, string>>> = {
  asks: 'what is asked',
  can_change: 'what can change',
  cannot_change: 'what cannot change',
  decides: 'who decides, and when',
  level: 'how much say people have (level)',
  feedback_by: 'the day by which people hear back (feedback_by)',
};

const DAY_MS = 86_400_000;
const LONG_WAIT_DAYS = 84;

export const promiseThatIsWhole: Rule = ({ document }) => {
  const { promise } = document;
  if (promise === undefined) {
    return [error(['promise'], `The promise is missing. It says ${sayAll(NEEDED)}.`)];
  }
  const missing = Object.entries(NEEDED).filter(([part]) => !isThere(promise, part));
  const found: Finding[] = missing.map(([part, meaning]) =>
    onKey(error(['promise'], `The promise does not say ${meaning}: "${part}" is missing.`)),
  );
  if (promise.success === undefined) {
    const message =
      'The promise does not say how we will know that it worked: "success" is missing.';
    found.push(onKey(warning(['promise'], message)));
  }
  return found;
};

function sayAll(parts: Readonly<Record<string, string>>): string {
  return Object.values(parts).join(', ');
}

function isThere(promise: Promised, part: string): boolean {
  return Object.entries(promise).some(([name, value]) => name === part && value !== undefined);
}

export const feedbackDay: Rule = ({ document, today }) => {
  const day = document.promise?.feedback_by;
  if (day === undefined) return [];
  const path = ['promise', 'feedback_by'];
  const at = dayNumber(day);
  if (at === undefined) return [error(path, `"${day}" is not a day. Write it as 2027-01-28.`)];
  const now = today === undefined ? undefined : dayNumber(today);
  if (now === undefined) return [];
  if (at < now) return [error(path, `${day} has gone by. Promise a day that is still to come.`)];
  return at - now > LONG_WAIT_DAYS
    ? [warning(path, `People wait more than ${LONG_WAIT_DAYS / 7} weeks for an answer.`)]
    : [];
};

/** Days since 1970, for a day that is in the calendar. */
function dayNumber(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
  return isReal ? Math.floor(time / DAY_MS) : undefined;
}
