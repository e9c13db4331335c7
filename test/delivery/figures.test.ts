import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { cancelBroadcast } from '../../src/delivery/broadcasts.ts';
import { outboxFigures } from '../../src/delivery/figures.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { clearOldBodies, deleteEnded, outboxKeyDays } from '../../src/delivery/retention.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { withdrawPlanned } from '../../src/delivery/withdraw.ts';
import { broadcast, sums } from './broadcast-stage.ts';
import { content, dies, planBroadcast, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

const NONE = {
  planned: 0,
  accepted: 0,
  delivered: 0,
  refused: 0,
  failed: 0,
  unknown: 0,
  remaining: 0,
};

test('an empty outbox adds up', async () => {
  expect(await outboxFigures(on.pool)).toEqual(NONE);
});

test('whatever rows there are, the sums hold, before and after retention', async () => {
  const row = fc.record({
    end: fc.constantFrom<readonly [string, boolean]>(
      ['planned', false],
      ['claimed', false],
      ['attempting', false],
      ['accepted', true],
      ['sent', true],
      ['delivered', true],
      ['undelivered', true],
      ['refused', false],
      ['failed', true],
      ['failed', false],
      ['unknown', false],
    ),
    lane: fc.constantFrom(0, 1, 2),
    daysSinceEnd: fc.integer({ min: 0, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      await on.reset();
      for (const { end, lane, daysSinceEnd } of rows)
        await on.pool.query(
          `insert into delivery.outbox
             (person_id, channel, class, priority, state, was_accepted, parts, broadcast_id, ended_on)
           values ($1, 'sms', 'feedback', 4, $2, $3, 1, $4,
                   case when $2 in ('planned', 'claimed', 'attempting') then null
                        else current_date - $5::integer end)`,
          [randomUUID(), ...end, [null, ...BROADCASTS][lane], daysSinceEnd],
        );
      const before = await outboxFigures(on.pool);
      expect(before.planned).toBe(rows.length);
      expect(
        before.accepted + before.refused + before.failed + before.unknown + before.remaining,
      ).toBe(before.planned);
      expect(before.delivered).toBeLessThanOrEqual(before.accepted);
      const each = await Promise.all(BROADCASTS.map((id) => outboxFigures(on.pool, id)));
      await deleteEnded(on.pool);
      expect(await outboxFigures(on.pool)).toEqual(before);
      expect(await Promise.all(BROADCASTS.map((id) => outboxFigures(on.pool, id)))).toEqual(each);
    }),
    { seed: 31, numRuns: 25 },
  );
});

test('whatever is sent again, cancelled and reported late: everyone counts once, as accepted if any of their messages was', async () => {
  const outcomes: readonly SendOutcome[] = [
    { kind: 'unknown', reason: 'timeout' },
    { kind: 'accepted', providerId: 'SM1' },
    { kind: 'refused', reason: 'twilio-21614', optedOut: false },
  ];
  const step = fc.oneof(
    fc.record({ kind: fc.constant('send'), answer: fc.constantFrom(...outcomes) } as const),
    fc.constant({ kind: 'a worker dies' } as const),
    fc.constant({ kind: 'half an hour passes' } as const),
    fc.constant({ kind: 'cancel' } as const),
    fc.record({
      kind: fc.constant('report'),
      call: fc.nat(5),
      state: fc.constantFrom('sent', 'delivered', 'undelivered'),
    } as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      await on.reset();
      const id = await broadcast(on, { count: 2 });
      const report = createReportStatus({ pool: on.pool, onOptOut: async () => undefined });
      for (const one of [SENT_WITHOUT_ANSWER, ...steps]) {
        if (one.kind === 'send') {
          on.provider.answer = () => one.answer;
          await on.dispatcher().drain();
        }
        if (one.kind === 'a worker dies')
          await on.dispatcher({ fault: (point) => point === 'answered' && dies() }).drain();
        if (one.kind === 'half an hour passes') {
          await on.timePasses('31 minutes');
          await reconcile(on.pool, ['sms']);
        }
        if (one.kind === 'cancel') await cancelBroadcast(on.pool, id);
        if (one.kind === 'report') {
          const nonce = on.provider.sent[one.call]?.nonce;
          if (nonce) await report({ nonce, state: one.state, providerId: 'SM1' });
        }
        const figures = await sums(on, id);
        const proven = (await on.rows()).filter((row) => row.was_accepted);
        expect(figures.planned).toBe(2);
        expect(figures.accepted).toBe(new Set(proven.map((row) => row.person_id)).size);
      }
    }),
    { seed: 32, numRuns: 60 },
  );
});

const SENT_WITHOUT_ANSWER = {
  kind: 'send',
  answer: { kind: 'unknown', reason: 'timeout' },
} as const;

test('what was not answered goes no second time where the broadcast was cancelled meanwhile', async () => {
  const id = await broadcast(on, { count: 1 });
  on.provider.answer = () => SENT_WITHOUT_ANSWER.answer;
  await on.dispatcher().drain();
  await cancelBroadcast(on.pool, id);
  await on.timePasses('31 minutes');
  expect(await reconcile(on.pool, ['sms'])).toMatchObject({ resent: 0 });
  expect(await sums(on, id)).toMatchObject({ planned: 1, unknown: 1, refused: 0 });
});

const BROADCASTS = ['c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-000000000002'];

test('rows go a week after their end, and not before', async () => {
  for (let i = 0; i < 3; i++) await on.say('hello');
  await on.dispatcher().drain();
  await on.pool.query('update delivery.outbox set ended_on = current_date - 7 where id = 1');
  await on.pool.query('update delivery.outbox set ended_on = current_date - 8 where id = 2');
  expect(await deleteEnded(on.pool)).toBe(1);
  expect((await on.rows()).map(({ id }) => id)).toEqual(['1', '3']);
  expect(await outboxFigures(on.pool)).toMatchObject({ planned: 3, accepted: 3 });
});

test('a broadcast planned twice is planned once, one row for each person and place', async () => {
  const contentIds = [await content(on.pool, 'what happened', 2), await content(on.pool, 'right?')];
  const recipients = Array.from({ length: 50 }, () => ({
    personId: randomUUID(),
    channel: 'sms' as const,
    contentIds,
  }));
  const telling = { broadcastId: randomUUID(), class: 'feedback' as const, recipients };
  expect(await planBroadcast(on.pool, telling)).toBe(100);
  expect(await planBroadcast(on.pool, telling)).toBe(0);
  const both = await Promise.all([
    planBroadcast(on.pool, { ...telling, broadcastId: BROADCASTS[0] ?? '' }),
    planBroadcast(on.pool, { ...telling, broadcastId: BROADCASTS[0] ?? '' }),
  ]);
  expect(both.toSorted((a, b) => a - b)).toEqual([0, 100]);
});

test('what was planned and is taken back counts as refused, with the reason', async () => {
  const { personId } = await on.say('reminder', { class: 'reminder' });
  await on.say('where help is', { personId, class: 'signpost' });
  expect(await withdrawPlanned(on.pool, personId, ['reminder'], 'opted-out')).toBe(1);
  await on.dispatcher().drain();
  expect((await on.rows()).map(({ state, reason }) => [state, reason])).toEqual([
    ['refused', 'opted-out'],
    ['accepted', null],
  ]);
});

test('bodies that nobody will send again go after a day, and with them the need of their key', async () => {
  await on.say('hello');
  on.provider.answer = () => ({ kind: 'unknown', reason: 'timeout' });
  await on.dispatcher().drain();
  expect(await clearOldBodies(on.pool)).toBe(0);
  expect(await outboxKeyDays(on.pool)).toEqual(new Set(['2026-11-02']));
  await on.pool.query('update delivery.outbox set ended_on = current_date - 1');
  expect(await clearOldBodies(on.pool)).toBe(0);
  await on.timePasses('3 hours');
  expect(await clearOldBodies(on.pool)).toBe(1);
  expect(await outboxKeyDays(on.pool)).toEqual(new Set());
});
