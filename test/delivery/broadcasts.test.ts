/** Broadcasts in mid-send: paused, let go on, cancelled, held to their hours, their measure, their time. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { beginAttempts } from '../../src/delivery/attempt.ts';
import { broadcastFigures, standingOf } from '../../src/delivery/broadcast-figures.ts';
import {
  broadcastById,
  cancelBroadcast,
  finishBroadcasts,
  pauseBroadcast,
  refuseCancelled,
  resumeBroadcast,
} from '../../src/delivery/broadcasts.ts';
import { claim } from '../../src/delivery/claim.ts';
import { leaveOutOverContacted, overContactedAmong } from '../../src/delivery/contact-cap.ts';
import type { Hours, SendingHours } from '../../src/delivery/hours.ts';
import type { BroadcastClass } from '../../src/delivery/plan-broadcast.ts';
import { withRecipients } from '../../src/delivery/recipients.ts';
import { resendUnknown } from '../../src/delivery/resend.ts';
import { deleteEnded } from '../../src/delivery/retention.ts';
import { NO_HOLIDAYS } from '../../src/delivery/school-days.ts';
import { settle } from '../../src/delivery/settle.ts';
import {
  financialYearOf,
  holdInvitations,
  letInvitationsGo,
  spentParts,
} from '../../src/delivery/spending.ts';
import { leftOfTrialDay, MOST_IN_A_TRIAL_DAY } from '../../src/delivery/trial-day.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { localTimeOf } from '../../src/platform/local-time.ts';
import { accepted, content, planBroadcast, type Stage, stage } from './outbox-stage.ts';

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
beforeEach(() => on.reset());
afterAll(() => on[Symbol.asyncDispose]());

interface Some {
  readonly people?: readonly string[];
  readonly count?: number;
  readonly class?: BroadcastClass;
  readonly hours?: Hours;
  readonly notBefore?: Date;
  readonly parts?: number;
}

async function broadcast(some: Some = {}): Promise<string> {
  const id = randomUUID();
  const contentIds = [await content(on.pool, 'what happened', some.parts ?? 1)];
  const people = some.people ?? Array.from({ length: some.count ?? 6 }, () => randomUUID());
  await planBroadcast(on.pool, {
    broadcastId: id,
    class: some.class ?? 'feedback',
    ...(some.hours ? { hours: some.hours } : {}),
    ...(some.notBefore ? { notBefore: some.notBefore } : {}),
    recipients: people.map((personId) => ({ personId, channel: 'sms', contentIds })),
  });
  return id;
}

async function sums(id: string) {
  const { refusedFor, ...figures } = (await broadcastFigures(on.pool, [id]))(id);
  const { planned, accepted: taken, refused, failed, unknown, remaining } = figures;
  expect(taken + refused + failed + unknown + remaining).toBe(planned);
  return { ...figures, refusedFor };
}

const claimAs = (worker: string) =>
  claim(on.pool, {
    channel: 'sms',
    sender: on.provider.sender,
    worker,
    rate: 1_000_000,
    most: 100,
    leaseSeconds: 60,
    openHours: [{ hours: 'under-18' }, { hours: 'adults' }],
  });

const isHeld = ({ state }: { readonly state: string }): boolean => state === 'attempting';

describe('a pause', () => {
  test('in mid-send lets nothing more leave; going on sends the rest once each', async () => {
    const id = await broadcast({ count: 40 });
    let sent = 0;
    on.provider.answer = async () => {
      if (++sent === 5) await pauseBroadcast(on.pool, id);
      return accepted(`SM${sent}`);
    };
    await on.dispatcher({ concurrency: 2 }).drain();
    const paused = await sums(id);
    // Those whose attempts were committed before the pause have left; nothing after.
    expect(paused.accepted).toBeGreaterThanOrEqual(5);
    expect(paused.accepted).toBeLessThan(15);
    expect(paused.remaining).toBe(40 - paused.accepted);
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(paused.accepted);
    expect((await resumeBroadcast(on.pool, id)).kind).toBe('changed');
    await on.dispatcher().drain();
    expect(await sums(id)).toMatchObject({ planned: 40, accepted: 40, remaining: 0 });
    expect(new Set(on.provider.sent.map(({ address }) => address)).size).toBe(40);
    expect(on.provider.sent).toHaveLength(40);
  });

  test('waits for a claim under way, and stops every one after it', async () => {
    const id = await broadcast({ count: 500 });
    const claims = Array.from({ length: 5 }, () => claimAs(randomUUID()));
    const pausing = pauseBroadcast(on.pool, id).then(() => on.rows());
    const atThePause = (await pausing).filter((row) => isHeld(row)).length;
    await Promise.all(claims);
    expect((await claimAs(randomUUID())).rows).toEqual([]);
    expect((await on.rows()).filter(isHeld)).toHaveLength(atThePause);
  });

  test('gives back what was claimed and had not begun, with its tries as they were', async () => {
    const id = await broadcast({ count: 3 });
    const worker = randomUUID();
    const { rows } = await claimAs(worker);
    expect(rows).toHaveLength(3);
    await pauseBroadcast(on.pool, id);
    const people = {
      stoppedAmong: async () => new Set<string>(),
      guestsAmong: async () => new Set<string>(),
      addressOf: async (_: unknown, ids: readonly string[]) =>
        new Map(ids.map((person) => [person, { address: person }])),
    };
    const begun = await beginAttempts(
      {
        pool: on.pool,
        ambient: systemAmbient,
        people,
        worker,
        leaseSeconds: 60,
        guestsOnly: false,
        timeZone: 'Europe/London',
      },
      rows,
    );
    expect(begun.leaving).toEqual([]);
    await settle(on.pool, begun.turnedAway);
    expect((await on.rows()).map((row) => [row.state, row.attempts, row.nonce])).toEqual(
      Array.from({ length: 3 }, () => ['planned', 0, null]),
    );
    await resumeBroadcast(on.pool, id);
    await on.dispatcher().drain();
    expect(await sums(id)).toMatchObject({ accepted: 3 });
  });

  test('does not hold back another broadcast to the same people', async () => {
    const people = Array.from({ length: 4 }, () => randomUUID());
    const paused = await broadcast({ people, class: 'invitation' });
    await pauseBroadcast(on.pool, paused);
    const other = await broadcast({ people });
    await on.dispatcher().drain();
    expect(await sums(other)).toMatchObject({ accepted: 4 });
    expect(await sums(paused)).toMatchObject({ remaining: 4 });
  });
});

describe('a cancellation', () => {
  test('refuses what has not left, for good; what has left stays accepted', async () => {
    const id = await broadcast({ count: 30 });
    let sent = 0;
    on.provider.answer = async () => {
      if (++sent === 3) await cancelBroadcast(on.pool, id);
      return accepted(`SM${sent}`);
    };
    await on.dispatcher({ concurrency: 1 }).drain();
    await refuseCancelled(on.pool);
    const over = await sums(id);
    expect(over.remaining).toBe(0);
    expect(over.refused).toBe(30 - over.accepted);
    expect(over.refusedFor).toEqual({ cancelled: over.refused });
    expect(await resumeBroadcast(on.pool, id)).toMatchObject({ kind: 'stands' });
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(over.accepted);
  });

  test('takes back what a dead worker held, once it is free again', async () => {
    const id = await broadcast({ count: 3 });
    await claimAs(randomUUID());
    await cancelBroadcast(on.pool, id);
    expect(await sums(id)).toMatchObject({ remaining: 3 });
    await on.pool.query(`update delivery.outbox set state = 'planned', worker = null`);
    expect(await refuseCancelled(on.pool)).toBe(3);
    expect(await sums(id)).toMatchObject({ refused: 3 });
  });
});

test('whatever is pressed while four workers send, the sums hold and nobody is written to twice', async () => {
  const press = fc.constantFrom('pause', 'resume', 'cancel', 'look');
  const outcomes: readonly SendOutcome[] = [
    accepted(),
    { kind: 'unknown', reason: 'timeout' },
    { kind: 'refused', reason: '21610', optedOut: false },
    { kind: 'failed', reason: '30003' },
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(press, { maxLength: 6 }),
      fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 5 }),
      async (presses, answers) => {
        await on.reset();
        let asked = 0;
        on.provider.answer = () => answers[asked++ % answers.length] ?? accepted();
        const id = await broadcast({ count: 60 });
        const working = Promise.all(
          Array.from({ length: 4 }, () => on.dispatcher({ concurrency: 3 }).drain()),
        );
        for (const one of presses) {
          if (one === 'pause') await pauseBroadcast(on.pool, id);
          if (one === 'resume') await resumeBroadcast(on.pool, id);
          if (one === 'cancel') await cancelBroadcast(on.pool, id);
          expect((await sums(id)).planned).toBe(60);
        }
        await working;
        await refuseCancelled(on.pool);
        const over = await sums(id);
        expect(over.planned).toBe(60);
        expect(new Set(on.provider.sent.map(({ address }) => address)).size).toBe(
          on.provider.sent.length,
        );
        const { state } = (await broadcastById(on.pool, id)) ?? {};
        if (state === 'cancelled') expect(over.remaining).toBe(0);
      },
    ),
    { seed: 11, numRuns: 12 },
  );
});

test('what is over is marked so, and not before', async () => {
  const id = await broadcast({ count: 2 });
  on.provider.answer = () => ({ kind: 'unknown', reason: 'timeout' });
  expect(await finishBroadcasts(on.pool)).toBe(0);
  await on.dispatcher().drain();
  expect(await finishBroadcasts(on.pool)).toBe(0);
  on.provider.answer = () => accepted();
  await on.timePasses('36 minutes');
  expect(await resendUnknown(on.pool, ['sms'])).toBe(2);
  await on.dispatcher().drain();
  expect(on.provider.sent).toHaveLength(4);
  await on.pool.query(`delete from delivery.outbox where state = 'unknown'`);
  expect(await finishBroadcasts(on.pool)).toBe(1);
  expect(await broadcastById(on.pool, id)).toMatchObject({ state: 'finished' });
});

/** A zone in which it is about this hour now: Etc/GMT-3 is three hours ahead. */
function zoneAtHour(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

function keeping(timeZone: string): SendingHours {
  return { timeZone, holidays: NO_HOLIDAYS, always: false };
}

describe('the hours', () => {
  test('hold back what Heard begins at night, and no reply, signpost or opt-out', async () => {
    const night = keeping(zoneAtHour(3));
    await broadcast({ count: 2 });
    await broadcast({ count: 2, class: 'invitation', hours: 'adults' });
    for (const kind of ['reminder', 'reply', 'signpost', 'opt-out'] as const)
      await on.say(kind, { class: kind });
    await on.dispatcher({ hours: night }).drain();
    expect(on.provider.sent.map(({ text }) => text).toSorted()).toEqual([
      'opt-out',
      'reply',
      'signpost',
    ]);
    // The next day, in the hours of both.
    await on.dispatcher({ hours: keeping(zoneAtHour(16)) }).drain();
    expect(on.provider.sent).toHaveLength(8);
  });

  test('are those of each: late in the evening adults are still written to', async () => {
    const zone = zoneAtHour(18);
    const young = await broadcast({ count: 1 });
    const adults = await broadcast({ count: 1, hours: 'adults' });
    await on.say('to a young person', { class: 'reminder' });
    await on.say('to an adult', { class: 'reminder', hours: 'adults' });
    await on.dispatcher({ hours: keeping(zone), ambient: atMinute(zone, 19 * 60 + 40) }).drain();
    expect(await sums(adults)).toMatchObject({ accepted: 1 });
    expect(await sums(young)).toMatchObject({ accepted: 0, remaining: 1 });
    expect(on.provider.sent.map(({ text }) => text)).toContain('to an adult');
    expect(on.provider.sent).toHaveLength(2);
  });

  test('are kept by both clocks: one that is hours off never opens the night', async () => {
    const ambientAt = (offsetHours: number) => ({
      ...systemAmbient,
      now: () => new Date(Date.now() + offsetHours * 3_600_000),
    });
    await broadcast({ count: 2, hours: 'adults' });
    // It is night here; this worker's clock believes in the middle of the day.
    await on.dispatcher({ hours: keeping(zoneAtHour(3)), ambient: ambientAt(10) }).drain();
    expect(on.provider.sent).toEqual([]);
    // It is day here; this worker's clock believes in the night.
    await on.dispatcher({ hours: keeping(zoneAtHour(13)), ambient: ambientAt(-10) }).drain();
    expect(on.provider.sent).toEqual([]);
    await on.dispatcher({ hours: keeping(zoneAtHour(13)) }).drain();
    expect(on.provider.sent).toHaveLength(2);
  });

  test('close a little early, so that what is claimed last has left when they close', async () => {
    const zone = zoneAtHour(18);
    const at = (minute: number) =>
      on.dispatcher({ hours: keeping(zone), ambient: atMinute(zone, minute) }).drain();
    await broadcast({ count: 1, hours: 'adults' });
    await at(19 * 60 + 59);
    expect(on.provider.sent).toEqual([]);
    await at(19 * 60 + 57);
    expect(on.provider.sent).toHaveLength(1);
  });

  test('and a time that was set for later', async () => {
    const id = await broadcast({ notBefore: new Date(Date.now() + 3_600_000) });
    await on.dispatcher().drain();
    expect(on.provider.sent).toEqual([]);
    await on.pool.query(
      `update delivery.broadcast set not_before = not_before - interval '2 hours'`,
    );
    await on.dispatcher().drain();
    expect(await sums(id)).toMatchObject({ accepted: 6 });
  });

  test('are what status shows', async () => {
    const id = await broadcast();
    const one = await broadcastById(on.pool, id);
    if (!one) throw new Error('no broadcast');
    const at = (text: string) => new Date(text);
    const standing = async (now: string) =>
      standingOf(one, await sums(id), at(now), keeping('Europe/London'));
    expect(await standing('2026-11-02T17:00:00Z')).toEqual({ kind: 'sending' });
    expect(await standing('2026-11-02T20:00:00Z')).toEqual({
      kind: 'waits',
      until: at('2026-11-03T16:00:00Z'),
    });
    await on.dispatcher().drain();
    expect(await standing('2026-11-02T20:00:00Z')).toEqual({ kind: 'finished' });
  });
});

/** The worker's clock shows this minute of the day; the database's goes as it goes. */
function atMinute(timeZone: string, minute: number) {
  const now = new Date();
  const shift = (minute - localTimeOf(now, timeZone).minute) * 60_000;
  return { ...systemAmbient, now: () => new Date(Date.now() + shift) };
}

describe('trial mode', () => {
  test('lets fifty messages a day leave, over all processes; the rest is refused, for all to see', async () => {
    const people = Array.from({ length: 70 }, () => randomUUID());
    for (const person of people) on.guests.add(person);
    Object.assign(on.provider, { staysOnThisMachine: false });
    const id = await broadcast({ people });
    await on.say('a reply', { personId: people[0] ?? '' });
    await Promise.all(
      Array.from({ length: 3 }, () => on.dispatcher({ trial: true, concurrency: 4 }).drain()),
    );
    expect(await sums(id)).toMatchObject({
      accepted: MOST_IN_A_TRIAL_DAY,
      refused: 20,
      refusedFor: { 'trial-limit': 20 },
    });
    expect(on.provider.sent).toHaveLength(MOST_IN_A_TRIAL_DAY + 1);
    expect(await leftOfTrialDay(on.pool, 'Europe/London')).toBe(0);
    await on.pool.query('update delivery.trial_day set day = day - 1');
    const next = await broadcast({ people: people.slice(0, 2) });
    await on.dispatcher({ trial: true }).drain();
    expect(await sums(next)).toMatchObject({ accepted: 2 });
    Object.assign(on.provider, { staysOnThisMachine: true });
  });
});

describe('how often', () => {
  async function reachable(people: readonly string[], cap: number): Promise<readonly string[]> {
    return withRecipients(on.pool, async (session) => {
      await session.query(
        `insert into pg_temp.recipient select person, 'sms', 'en', true from unnest($1::uuid[]) person`,
        [people],
      );
      const left = await leaveOutOverContacted(session, cap);
      const { rows } = await session.query<{ person_id: string }>(
        'select person_id from pg_temp.recipient where reachable',
      );
      expect(rows.length + left).toBe(people.length);
      return rows.map((row) => row.person_id);
    });
  }

  test('two invitations or reminders in thirty days are enough, also after their rows are gone', async () => {
    const [twice = '', once = '', never = '', told = ''] = Array.from({ length: 4 }, () =>
      randomUUID(),
    );
    const all = [twice, once, never, told];
    await broadcast({ people: [twice, once], class: 'invitation' });
    await on.dispatcher().drain();
    await on.say('do you want to say something?', { personId: twice, class: 'reminder' });
    await broadcast({ people: [told] });
    await broadcast({ people: [told] });
    await on.dispatcher().drain();
    expect(await reachable(all, 2)).toEqual([once, never, told]);
    expect(await reachable(all, 1)).toEqual([never, told]);
    expect(await overContactedAmong(on.pool, all, 2)).toEqual(new Set([twice]));
    await on.pool.query('update delivery.outbox set ended_on = current_date - 10');
    expect(await deleteEnded(on.pool)).toBe(5);
    expect(await reachable(all, 2)).toEqual([once, never, told]);
    await on.pool.query('update delivery.contact set day = day - 25');
    expect(await reachable(all, 2)).toEqual(all);
  });

  test('what waits counts; what was refused does not', async () => {
    const [waits, refused] = [randomUUID(), randomUUID()];
    await broadcast({ people: [waits], class: 'invitation' });
    await cancelBroadcast(on.pool, await broadcast({ people: [refused], class: 'invitation' }));
    expect(await overContactedAmong(on.pool, [waits, refused], 1)).toEqual(new Set([waits]));
  });
});

describe('what it costs', () => {
  test('is counted in parts, and stays counted when the rows are gone', async () => {
    const since = financialYearOf(new Date().toISOString().slice(0, 10));
    await broadcast({ count: 3, parts: 2 });
    expect(await spentParts(on.pool, since)).toEqual({ spent: 0, planned: 6 });
    on.provider.answer = answersOf([accepted(), { kind: 'failed', reason: '30003' }]);
    await on.dispatcher().drain();
    expect(await spentParts(on.pool, since)).toEqual({ spent: 4, planned: 0 });
    await on.pool.query('update delivery.outbox set ended_on = current_date - 8');
    await deleteEnded(on.pool);
    expect((await on.rows()).length).toBe(0);
    const kept = await spentParts(on.pool, financialYearOf('2020-04-01'));
    expect(kept).toEqual({ spent: 4, planned: 0 });
  });

  test('a financial year begins on 1 April', () => {
    expect(['2026-04-01', '2027-03-31', '2026-03-31'].map(financialYearOf)).toEqual([
      '2026-04-01',
      '2026-04-01',
      '2025-04-01',
    ]);
  });

  test('at the ceiling invitations stop, and feedback goes on', async () => {
    const invitations = await broadcast({ class: 'invitation' });
    const feedback = await broadcast();
    const pausedByHand = await broadcast({ class: 'invitation' });
    await pauseBroadcast(on.pool, pausedByHand);
    expect(await holdInvitations(on.pool)).toBe(1);
    await on.dispatcher().drain();
    expect(await sums(feedback)).toMatchObject({ accepted: 6 });
    expect(await sums(invitations)).toMatchObject({ remaining: 6 });
    expect(await letInvitationsGo(on.pool)).toBe(1);
    await on.dispatcher().drain();
    expect(await sums(invitations)).toMatchObject({ accepted: 6 });
    expect(await sums(pausedByHand)).toMatchObject({ remaining: 6 });
  });
});

function answersOf(outcomes: readonly SendOutcome[]) {
  let asked = 0;
  return () => outcomes[asked++ % outcomes.length] ?? accepted();
}
