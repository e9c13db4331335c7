/** How long a sender holds still by what its provider answers, on a clock that the test moves. */
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { createBrake } from '../../src/delivery/brake.ts';

const ACCEPTED: SendOutcome = { kind: 'accepted', providerId: 'SM1' };
const REFUSED: SendOutcome = { kind: 'refused', reason: 'twilio-21614', optedOut: false };
const FAILED: SendOutcome = { kind: 'failed', reason: 'http-400' };
const NOT_SENT: SendOutcome = { kind: 'not-sent', reason: 'unreachable' };
const UNKNOWN: SendOutcome = { kind: 'unknown', reason: 'http-500' };

function brakeInTime() {
  let now = 10_000;
  const told: number[] = [];
  const brake = createBrake({ onAsked: (ms) => told.push(ms), clock: () => now });
  const note = (...outcomes: readonly SendOutcome[]): void => outcomes.forEach(brake.note);
  /** Waits each pause out and meets the same again; gives the pauses. */
  const pausesOf = (outcome: SendOutcome, times: number): readonly number[] =>
    Array.from({ length: times }, () => {
      note(outcome);
      const pause = brake.pauseMs();
      now += pause;
      return pause;
    });
  return { brake, note, pausesOf, told };
}

describe('a provider that cannot be reached', () => {
  test('is left alone for longer each time, for a minute at most', () => {
    const { pausesOf } = brakeInTime();
    expect(pausesOf(NOT_SENT, 8)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });

  test('what was in flight together is one outage', () => {
    const { brake, note } = brakeInTime();
    note(...Array.from({ length: 50 }, () => NOT_SENT));
    expect(brake.pauseMs()).toBe(1_000);
  });

  test('is asked by two at once when the pause is over, until it has taken or judged one', () => {
    for (const answer of [ACCEPTED, REFUSED, FAILED]) {
      const { brake, note, pausesOf } = brakeInTime();
      expect(brake.atOnce(50)).toBe(50);
      pausesOf(NOT_SENT, 3);
      expect([brake.pauseMs(), brake.atOnce(50), brake.atOnce(1)]).toEqual([0, 2, 1]);
      note(answer);
      expect(brake.atOnce(50)).toBe(50);
      expect(pausesOf(NOT_SENT, 1)).toEqual([1_000]);
    }
  });
});

describe('a provider whose answers say nothing', () => {
  test('one, or a few among others, are no outage', () => {
    const { brake, note } = brakeInTime();
    for (let i = 0; i < 10; i++) note(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, ACCEPTED);
    expect([brake.pauseMs(), brake.atOnce(50)]).toEqual([0, 50]);
  });

  test('five with nothing taken in between are, and from then on each one', () => {
    const { brake, note, pausesOf } = brakeInTime();
    note(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    expect(brake.pauseMs()).toBe(0);
    expect(pausesOf(UNKNOWN, 8)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
    expect(brake.atOnce(50)).toBe(2);
  });

  test('an answer that says nothing does not end an outage', () => {
    const { pausesOf, note } = brakeInTime();
    pausesOf(NOT_SENT, 3);
    note(UNKNOWN);
    expect(pausesOf(NOT_SENT, 1)).toEqual([8_000]);
  });
});

describe('a provider that asks us to wait', () => {
  test('is given as long as it asks for', () => {
    const { brake, note } = brakeInTime();
    note(
      { kind: 'throttled', retryAfterMs: 1_800_000 },
      { kind: 'throttled', retryAfterMs: 1_000 },
    );
    expect(brake.pauseMs()).toBe(1_800_000);
  });

  test('is told of to the others once, and when it asks for longer', () => {
    const { note, told } = brakeInTime();
    const asks = (retryAfterMs: number): SendOutcome => ({ kind: 'throttled', retryAfterMs });
    note(asks(30_000), asks(30_000), asks(1_000), asks(60_000), NOT_SENT);
    expect(told).toEqual([30_000, 60_000]);
  });

  test('and has told another process is given as long, and nobody is told of it again', () => {
    const { brake, told } = brakeInTime();
    brake.hold(20_000);
    expect([brake.pauseMs(), told]).toEqual([20_000, []]);
  });

  test('for one address only keeps nobody else waiting', () => {
    const { brake, note } = brakeInTime();
    note({ kind: 'throttled', retryAfterMs: 30_000, onlyHere: true });
    expect(brake.pauseMs()).toBe(0);
  });
});

test('a message that is itself to blame holds up no other', () => {
  const { pausesOf } = brakeInTime();
  expect(pausesOf({ ...NOT_SENT, counts: true }, 3)).toEqual([0, 0, 0]);
});
