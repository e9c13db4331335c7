/**
 * The council's holidays file: its school holidays, and what differs from the bank holidays of every
 * year. Every problem is told with its line; a date that was mistyped must not let a message go at
 * the wrong hour in silence.
 */
import type { Problem } from '../flow/problem.ts';
import { inOrderOfPlace } from '../flow/problem.ts';
import { type Path, readYaml, type Source } from '../flow/read-yaml.ts';
import type { Holidays } from './school-days.ts';

export type ReadHolidays =
  | { readonly kind: 'read'; readonly holidays: Holidays }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const LISTS = ['school_holidays', 'bank_holidays', 'school_days'];

export function readHolidays(text: string, file: string): ReadHolidays {
  const read = readYaml(text, file);
  if (read.kind === 'refused') return read;
  const problems: Problem[] = [];
  const tell: Tell = (path, message) => problems.push(problemAt(read.source, path, message));
  const { value } = read;
  if (!isRecord(value)) {
    tell([], `Write lists under ${LISTS.join(', ')}.`);
    return { kind: 'refused', problems };
  }
  for (const name of Object.keys(value).filter((one) => !LISTS.includes(one))) {
    tell([name], `There is no "${shortened(name)}" here. The lists are ${LISTS.join(', ')}.`);
  }
  const holidays = {
    schoolHolidays: spansOf(value['school_holidays'], ['school_holidays'], tell),
    bankHolidays: daysOf(value['bank_holidays'], ['bank_holidays'], tell),
    schoolDays: daysOf(value['school_days'], ['school_days'], tell),
  };
  return problems.length > 0
    ? { kind: 'refused', problems: inOrderOfPlace(problems) }
    : { kind: 'read', holidays };
}

type Tell = (path: Path, message: string) => void;

function spansOf(value: unknown, path: Path, tell: Tell): Holidays['schoolHolidays'] {
  return itemsOf(value, path, tell).flatMap((item, at) => {
    const here = [...path, at];
    if (!isRecord(item)) {
      tell(here, 'Write each school holiday as "from:" and "to:", each with a date.');
      return [];
    }
    for (const name of Object.keys(item).filter((one) => !['from', 'to', 'name'].includes(one)))
      tell(
        [...here, name],
        `A school holiday has "from", "to" and "name", not "${shortened(name)}".`,
      );
    const from = dayOf(item['from'], [...here, 'from'], tell);
    const to = dayOf(item['to'] ?? item['from'], [...here, 'to'], tell);
    if (from === undefined || to === undefined) return [];
    if (to < from) tell([...here, 'to'], `It ends before it begins, on ${from}.`);
    return [{ from, to }];
  });
}

function daysOf(value: unknown, path: Path, tell: Tell): readonly string[] {
  return itemsOf(value, path, tell).flatMap((item, at) => dayOf(item, [...path, at], tell) ?? []);
}

function itemsOf(value: unknown, path: Path, tell: Tell): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  tell(path, 'Write a list here: a line for each, beginning with "- ".');
  return [];
}

function dayOf(value: unknown, path: Path, tell: Tell): string | undefined {
  if (typeof value === 'string' && isDay(value)) return value;
  tell(path, 'Write a date that is in the calendar, as year-month-day: 2026-12-25.');
  return undefined;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shortened(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}...` : name;
}

function problemAt(source: Source, path: Path, message: string): Problem {
  const place = source.valueAt(path);
  return { severity: 'error', file: source.file, ...place, path: path.join('.'), message };
}
