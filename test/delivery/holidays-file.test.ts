import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHolidays } from '../../src/delivery/holidays-file.ts';
import { isSchoolDay } from '../../src/delivery/school-days.ts';

function problems(text: string): readonly string[] {
  const read = readHolidays(text, 'holidays.yaml');
  return read.kind === 'read'
    ? []
    : read.problems.map((one) => `${one.line}:${one.column} ${one.message}`);
}

test('the example file is sound, and its days count', () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'holidays.example.yaml');
  const read = readHolidays(readFileSync(file, 'utf8'), 'holidays.example.yaml');
  if (read.kind === 'refused') throw new Error('the example is refused');
  expect(isSchoolDay('2026-10-26', read.holidays)).toBe(false);
  expect(isSchoolDay('2026-10-30', read.holidays)).toBe(false);
  expect(isSchoolDay('2026-11-02', read.holidays)).toBe(true);
  expect(isSchoolDay('2027-01-04', read.holidays)).toBe(false);
  expect(isSchoolDay('2027-01-05', read.holidays)).toBe(true);
});

test('a bank holiday beside the others, and one that was moved away', () => {
  const read = readHolidays(
    'bank_holidays:\n  - 2027-06-10\nschool_days:\n  - 2027-05-03\n',
    'holidays.yaml',
  );
  if (read.kind === 'refused') throw new Error('refused');
  expect(isSchoolDay('2027-06-10', read.holidays)).toBe(false);
  expect(isSchoolDay('2027-05-03', read.holidays)).toBe(true);
});

describe('what is wrong is told with its line', () => {
  test.each([
    ['school_holidays:\n  - from: 2026-02-30\n    to: 2026-03-01', '2:11 '],
    ['school_holidays:\n  - from: 2026-10-30\n    to: 2026-10-26', '3:9 It ends before it begins'],
    ['school_holidays:\n  - 2026-10-30', '2:5 Write each school holiday'],
    ['school_holidays:\n  - from: 26/10/2026', '2:11 Write a date'],
    ['school_holidays:\n  - to: 2026-10-30', '2:5 Write a date'],
    ['school_holidays: next week', '1:18 Write a list'],
    ['school_hollidays: []', '1:19 There is no "school_hollidays"'],
    ['bank_holidays:\n  - 2026-12-25\n  - soon', '3:5 Write a date'],
    ['school_days:\n  - from: 2026-12-25', '2:5 Write a date'],
    ['- 2026-12-25', '1:1 Write lists'],
    ['a: [', '1:'],
    ['', '1:1 '],
  ])('%s', (text, told) => {
    expect(problems(text).join('\n')).toContain(told);
  });

  test('all of it at once', () => {
    expect(problems('bank_holidays: [x, 2026-12-25, y]\nmore: 1')).toHaveLength(3);
  });
});
