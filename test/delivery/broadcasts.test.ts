/** Broadcasts in mid-send: paused, let go on, cancelled, and over in the end. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { beginAttempts } from '../../src/delivery/attempt.ts';
import {
  broadcastById,
  cancelBroadcast,
  finishBroadcasts,
  pauseBroadcast,
  refuseCancelled,
  resumeBroadcast,
} from '../../src/delivery/broadcasts.ts';
import { claim } from '../../src/delivery/claim.ts';
import { resendUnknown } from '../../src/delivery/resend.ts';
import { settle } from '../../src/delivery/settle.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { acceptsAnd, broadcast, sums } from './broadcast-stage.ts';
import { everybodyAtHome } from './everybody-at-home.ts';
import { accepted, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

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

test('a list that names somebody twice writes to them once', async () => {
  const [twice, once] = [randomUUID(), randomUUID()];
  const id = await broadcast(on, { people: [twice, once, twice] });
  await on.dispatcher().drain();
  expect(await sums(on, id)).toMatchObject({ planned: 2, accepted: 2 });
  expect(on.provider.sent.map(({ address }) => address).sort()).toEqual([twice, once].sort());
});

describe('a pause', () => {
  test('in mid-send lets nothing more leave; going on sends the rest once each', async () => {
    const id = await broadcast(on, { count: 40 });
    acceptsAnd(on, 5, () => pauseBroadcast(on.pool, id));
    await on.dispatcher({ concurrency: 2 }).drain();
    const paused = await sums(on, id);
    // Those whose attempts were committed before the pause have left; nothing after.
    expect(paused.accepted).toBeGreaterThanOrEqual(5);
    expect(paused.accepted).toBeLessThan(15);
    expect(paused.remaining).toBe(40 - paused.accepted);
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(paused.accepted);
    expect((await resumeBroadcast(on.pool, id)).kind).toBe('changed');
    await on.dispatcher().drain();
    expect(await sums(on, id)).toMatchObject({ planned: 40, accepted: 40, remaining: 0 });
    expect(new Set(on.provider.sent.map(({ address }) => address)).size).toBe(40);
    expect(on.provider.sent).toHaveLength(40);
  });

  test('waits for a claim under way, and stops every one after it', async () => {
    const id = await broadcast(on, { count: 500 });
    const claims = Array.from({ length: 5 }, () => claimAs(randomUUID()));
    const pausing = pauseBroadcast(on.pool, id).then(() => on.rows());
    const atThePause = (await pausing).filter((row) => isHeld(row)).length;
    await Promise.all(claims);
    expect((await claimAs(randomUUID())).rows).toEqual([]);
    expect((await on.rows()).filter(isHeld)).toHaveLength(atThePause);
  });

  test('gives back what was claimed and had not begun, with its tries as they were', async () => {
    const id = await broadcast(on, { count: 3 });
    const worker = randomUUID();
    const { rows } = await claimAs(worker);
    expect(rows).toHaveLength(3);
    await pauseBroadcast(on.pool, id);
    const people = everybodyAtHome();
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
    expect(await sums(on, id)).toMatchObject({ accepted: 3 });
  });

  test('does not hold back another broadcast to the same people', async () => {
    const people = Array.from({ length: 4 }, () => randomUUID());
    const paused = await broadcast(on, { people, class: 'invitation' });
    await pauseBroadcast(on.pool, paused);
    const other = await broadcast(on, { people });
    await on.dispatcher().drain();
    expect(await sums(on, other)).toMatchObject({ accepted: 4 });
    expect(await sums(on, paused)).toMatchObject({ remaining: 4 });
  });
});

describe('a cancellation', () => {
  test('refuses what has not left, for good; what has left stays accepted', async () => {
    const id = await broadcast(on, { count: 30 });
    acceptsAnd(on, 3, () => cancelBroadcast(on.pool, id));
    await on.dispatcher({ concurrency: 1 }).drain();
    await refuseCancelled(on.pool);
    const over = await sums(on, id);
    expect(over.remaining).toBe(0);
    expect(over.refused).toBe(30 - over.accepted);
    expect(over.refusedFor).toEqual({ cancelled: over.refused });
    expect(await resumeBroadcast(on.pool, id)).toMatchObject({ kind: 'stands' });
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(over.accepted);
  });

  test('takes back what a dead worker held, once it is free again', async () => {
    const id = await broadcast(on, { count: 3 });
    await claimAs(randomUUID());
    await cancelBroadcast(on.pool, id);
    expect(await sums(on, id)).toMatchObject({ remaining: 3 });
    await on.pool.query(`update delivery.outbox set state = 'planned', worker = null`);
    expect(await refuseCancelled(on.pool)).toBe(3);
    expect(await sums(on, id)).toMatchObject({ refused: 3 });
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
        const id = await broadcast(on, { count: 60 });
        const working = Promise.all(
          Array.from({ length: 4 }, () => on.dispatcher({ concurrency: 3 }).drain()),
        );
        for (const one of presses) {
          if (one === 'pause') await pauseBroadcast(on.pool, id);
          if (one === 'resume') await resumeBroadcast(on.pool, id);
          if (one === 'cancel') await cancelBroadcast(on.pool, id);
          expect((await sums(on, id)).planned).toBe(60);
        }
        await working;
        await refuseCancelled(on.pool);
        const over = await sums(on, id);
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
  const id = await broadcast(on, { count: 2 });
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
