/** Reads the council's holidays file, where one is set. With problems in it, nothing starts. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ReadHolidays, readHolidays } from '../delivery/holidays-file.ts';
import { type Holidays, NO_HOLIDAYS } from '../delivery/school-days.ts';
import { formatProblem } from '../flow/problem.ts';

export type OpenedHolidays =
  | { readonly kind: 'read'; readonly holidays: Holidays }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export async function openHolidays(file: string | undefined): Promise<OpenedHolidays> {
  if (file === undefined) return { kind: 'read', holidays: NO_HOLIDAYS };
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return {
      kind: 'refused',
      reasons: ['HEARD_HOLIDAYS_FILE must name a file that can be read'],
    };
  }
  const read: ReadHolidays = readHolidays(text, basename(file));
  return read.kind === 'read'
    ? read
    : { kind: 'refused', reasons: ['HEARD_HOLIDAYS_FILE:', ...read.problems.map(formatProblem)] };
}
