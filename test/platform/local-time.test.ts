import { expect, test } from 'vitest';
import { localTimeOf, momentsOf, readLocalTime } from '../../src/platform/local-time.ts';

const NOW = new Date('2026-10-20T12:00:00Z');
const at = (text: string, zone = 'Europe/London') => {
  const read = readLocalTime(text, zone, NOW);
  return read.kind === 'moment' ? read.at.toISOString() : read.reason;
};

test('a local time is the moment at which the clocks show it', () => {
  expect(at('2027-01-28 16:30')).toBe('2027-01-28T16:30:00.000Z');
  expect(at('2027-07-28T16:30')).toBe('2027-07-28T15:30:00.000Z');
  expect(at('2027-01-28 16:30', 'America/New_York')).toBe('2027-01-28T21:30:00.000Z');
});

test('an hour that the clocks leave out, and one that comes twice, are refused', () => {
  expect(at('2027-03-28 01:30')).toContain('there is no 01:30');
  expect(at('2026-10-25 01:30')).toContain('comes twice');
  expect(at('2026-10-25 00:59')).toBe('2026-10-24T23:59:00.000Z');
  expect(at('2026-10-25 02:00')).toBe('2026-10-25T02:00:00.000Z');
});

test('what has passed, or is no time, is refused', () => {
  expect(at('2026-10-20 13:00')).toContain('has passed');
  expect(at('2026-10-20 13:01')).toBe('2026-10-20T12:01:00.000Z');
  for (const text of ['tomorrow', '2027-02-30 10:00', '2027-01-28 24:00', '2027-01-28 10:60', ''])
    expect(at(text), text).toContain('Write the time');
});

test('two moments of one local time are an hour apart, or half of one where the clocks move by that', () => {
  expect(momentsOf({ day: '2026-10-25', minute: 90 }, 'Europe/London')).toEqual([
    new Date('2026-10-25T00:30:00Z'),
    new Date('2026-10-25T01:30:00Z'),
  ]);
  expect(momentsOf({ day: '2027-04-04', minute: 105 }, 'Australia/Lord_Howe')).toHaveLength(2);
  expect(localTimeOf(new Date('2026-10-25T01:30:00Z'), 'Europe/London')).toEqual({
    day: '2026-10-25',
    minute: 90,
  });
});
