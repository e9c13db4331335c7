/** A clock that is wrong, or a database that was restored, must not cost anybody what is theirs. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ageHeldBack, finalHeldBack } from '../../src/app/held-back.ts';
import { sweeps } from '../../src/app/tasks.ts';
import type { Heard } from '../../src/app.ts';
import { trustClock } from '../../src/platform/clock-jump.ts';
import { createOutsideClock } from '../../src/platform/outside-clock.ts';
import { catchUp, keepMark } from '../../src/privacy/restore-mark.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

let on: TestHeard;
const told: string[] = [];
beforeAll(async () => {
  on = await openTestHeard({}, new Date());
  await on.launchFlow('chesham-park');
});
beforeEach(async () => {
  told.length = 0;
  await query('update platform.clock set seen_at = clock_timestamp(), doubted_since = null');
});
afterAll(() => on[Symbol.asyncDispose]());

function query(text: string) {
  return on.heard.world.pool.query(text);
}

function heard(more: Partial<Heard> = {}): Heard {
  const line = (message: string) => told.push(message);
  const log = { debug: line, info: line, warn: line, error: line };
  return { ...on.heard, log, ...more };
}

const held = (now?: Date) => ageHeldBack(heard(), now);

/** As if the clock had been put forward, or everything had been off, for so long. */
function jump(interval: string) {
  return query(
    `update platform.clock
     set seen_at = seen_at - interval '${interval}', doubted_since = doubted_since - interval '${interval}'`,
  );
}

describe('a clock that is days later all at once', () => {
  test('holds back, says so once, and goes on holding back', async () => {
    await jump('4 days');
    expect(await held()).toBe('clock-jumped');
    expect(await held()).toBe('clock-jumped');
    expect(told).toEqual(['nothing is deleted: the clock is days later than a minute before']);
  });

  test('is trusted once somebody says so', async () => {
    await jump('4 days');
    await held();
    await trustClock(on.heard.world.pool);
    expect(await held()).toBeUndefined();
  });

  test('is trusted once it has run evenly for a day', async () => {
    await jump('4 days');
    await held();
    await jump('23 hours');
    expect(await held()).toBe('clock-jumped');
    await jump('2 hours');
    expect(await held()).toBeUndefined();
  });

  test('is trusted once it is put back', async () => {
    await jump('400 days');
    await held();
    await jump('-400 days');
    expect(await held()).toBeUndefined();
  });

  test('two days off, or a night, are nothing', async () => {
    await jump('2 days');
    expect(await held()).toBeUndefined();
  });

  test('ends no conversation, releases nothing and deletes nothing', async () => {
    await on.phone('+447700900001').text('PARK');
    await on.phone('+447700900001').text('GO');
    await query(`update conv.conversation set expire_at = now() - interval '20 days'`);
    await query(
      `insert into delivery.contact (person_id, day) values (gen_random_uuid(), current_date - 90)`,
    );
    const left = async () => [
      (await query('select from conv.conversation')).rowCount,
      (await query('select from delivery.contact')).rowCount,
    ];
    const run = async () => {
      for (const task of ['wake', 'release', 'retention']) await sweeps(heard())[task]?.(undefined);
    };
    await jump('4 days');
    await run();
    expect(await left()).toEqual([1, 1]);
    expect(told).toEqual(expect.arrayContaining(['nothing is released', 'nothing is deleted']));
    await trustClock(on.heard.world.pool);
    await run();
    expect(await left()).toEqual([0, 0]);
  });
});

test('clocks of the node and the database that name different days hold back', async () => {
  expect(await held(new Date(Date.now() + 2 * 86_400_000))).toBe('clocks-apart');
  expect(await held(new Date(Date.now() + 7_200_000))).toBeUndefined();
});

test('a provider that is days away holds back, one that is an hour away does not', async () => {
  const outsideClock = createOutsideClock({ log: on.heard.log });
  outsideClock.note(new Date(Date.now() - 3_600_000).toUTCString());
  expect(await ageHeldBack(heard({ outsideClock }))).toBeUndefined();
  outsideClock.note(new Date(Date.now() - 40 * 86_400_000).toUTCString());
  expect(await ageHeldBack(heard({ outsideClock }))).toBe('clock-wrong');
});

test('a restored database releases nothing and destroys no keys before its journal is replayed', async () => {
  const { pool, keys } = on.heard.world;
  await keepMark(pool, keys);
  expect(await finalHeldBack(heard())).toBeUndefined();
  await keys.dayKey('2026-01-05');
  await query('update contact.journal set beat = 0');
  expect(await finalHeldBack(heard())).toBe('restored');
  expect(await ageHeldBack(heard())).toBeUndefined();
  for (const task of ['release', 'retention']) await sweeps(heard())[task]?.(undefined);
  expect(await keys.days()).toContain('2026-01-05');
  await catchUp(pool, keys, 0);
  await sweeps(heard())['retention']?.(undefined);
  expect(await keys.days()).not.toContain('2026-01-05');
});
