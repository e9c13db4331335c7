/** Deadlines come once, in order, not before their time, and not at all once called off. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeadlines, type Deadlines } from '../../src/platform/deadlines.ts';

let deadlines: Deadlines;
let late: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  deadlines = createDeadlines();
  late = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const after = (ms: number, name: string) => deadlines.after(ms, () => late.push(name));

test('each comes when its time is over, whatever its length', () => {
  after(1_000, 'long');
  after(300, 'short');
  vi.advanceTimersByTime(299);
  expect(late).toEqual([]);
  vi.advanceTimersByTime(101);
  expect(late).toEqual(['short']);
  vi.advanceTimersByTime(599);
  expect(late).toEqual(['short']);
  vi.advanceTimersByTime(101);
  expect(late).toEqual(['short', 'long']);
});

test('what was called off never comes, and the next one does', () => {
  const callOff = after(300, 'first');
  after(300, 'second');
  callOff();
  callOff();
  vi.advanceTimersByTime(1_000);
  expect(late).toEqual(['second']);
});

test('with nothing left to watch over no timer runs, and it starts again', () => {
  after(300, 'first');
  vi.advanceTimersByTime(400);
  expect(vi.getTimerCount()).toBe(0);
  after(300, 'second');
  vi.advanceTimersByTime(400);
  expect(late).toEqual(['first', 'second']);
});
