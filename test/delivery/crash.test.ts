import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { beginAttempts } from '../../src/delivery/attempt.ts';
import { claim } from '../../src/delivery/claim.ts';
import { type MessageClass, MOST_TRIES } from '../../src/delivery/classes.ts';
import { outboxFigures } from '../../src/delivery/figures.ts';
import type { FaultPoint } from '../../src/delivery/lifeline.ts';
import { giveUpReplies, reconcile } from '../../src/delivery/reconcile.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { everybodyAtHome } from './everybody-at-home.ts';
import { accepted, content, dies, planBroadcast, sealed, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

const diesAt = (where: FaultPoint) => (point: FaultPoint) => {
  if (point === where) dies();
};

const CLAIM = {
  channel: 'sms',
  rate: 1_000_000,
  most: 10,
  leaseSeconds: 60,
  openHours: [],
} as const;
const RULES = { leaseSeconds: 60, guestsOnly: false, timeZone: 'Europe/London' } as const;

async function states(): Promise<readonly string[]> {
  return (await on.rows()).map(({ state }) => state);
}

async function afterTheLease(): Promise<void> {
  await on.timePasses('61 seconds');
  await reconcile(on.pool, ['sms']);
}

describe('a worker that dies', () => {
  test('after its claim: nothing was sent, and another worker sends it', async () => {
    await on.say('hello');
    await on.dispatcher({ fault: diesAt('claimed') }).drain();
    expect(await states()).toEqual(['claimed']);
    await on.dispatcher().drain();
    expect(on.provider.sent).toEqual([]);
    await afterTheLease();
    await on.dispatcher().drain();
    expect(await states()).toEqual(['accepted']);
    expect(on.provider.sent).toHaveLength(1);
  });

  test.each([
    ['between the commit of the attempt and the call', 'attempt-committed', 0],
    ['between the answer and its commit', 'answered', 1],
  ] as const)('%s: unknown, and not sent again', async (_when, point, calls) => {
    await on.say('hello');
    await on.dispatcher({ fault: diesAt(point) }).drain();
    expect(await states()).toEqual(['attempting']);
    await afterTheLease();
    expect(await states()).toEqual(['unknown']);
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(calls);
  });

  test('after the record: the message is accepted and stays so', async () => {
    await on.say('hello');
    await on.dispatcher({ fault: diesAt('settled') }).drain();
    await afterTheLease();
    await on.dispatcher().drain();
    expect(await states()).toEqual(['accepted']);
    expect(on.provider.sent).toHaveLength(1);
  });

  test('again and again over the same message: it is set aside, the others go on', async () => {
    await on.say('poison');
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      expect(await states()).toEqual(['planned']);
      await on.dispatcher({ fault: diesAt('claimed') }).drain();
      await on.timePasses('61 seconds');
      const { setAside } = await reconcile(on.pool, ['sms']);
      expect(setAside).toBe(tries === MOST_TRIES - 1 ? 1 : 0);
    }
    await on.say('hello');
    await on.dispatcher().drain();
    expect(await states()).toEqual(['failed', 'accepted']);
  });

  test('a worker that froze between its claim and the attempt begins nothing after its lease', async () => {
    await on.say('hello');
    const worker = randomUUID();
    const { rows } = await claim(on.pool, { ...CLAIM, sender: on.provider.sender, worker });
    expect(rows).toHaveLength(1);
    await on.timePasses('61 seconds');
    const people = everybodyAtHome();
    const options = { pool: on.pool, ambient: systemAmbient, people, worker, ...RULES };
    expect(await beginAttempts(options, rows)).toEqual({ leaving: [], turnedAway: [] });
    expect(await states()).toEqual(['claimed']);
  });

  test('an answer that comes after the attempt was given up counts, but brings nothing back', async () => {
    await on.say('one');
    await on.say('two');
    on.provider.answer = async ({ prompts }) => {
      await afterTheLease();
      return prompts[0]?.text === 'one' ? accepted() : { kind: 'not-sent', reason: 'unreachable' };
    };
    await on.dispatcher({ concurrency: 1 }).drain();
    expect((await states()).toSorted()).toEqual(['accepted', 'unknown']);
  });
});

describe('what is sent again', () => {
  const unknown = () => ({ kind: 'unknown', reason: 'timeout' }) as const;

  /** The minutes at which it was sent, as the sweep comes by every minute for an hour and a half. */
  async function minutesOfSending(answer: () => SendOutcome): Promise<readonly number[]> {
    on.provider.answer = answer;
    const minutes: number[] = [];
    for (let minute = 0; minute < 90; minute++) {
      const before = on.provider.sent.length;
      await on.dispatcher().drain();
      if (on.provider.sent.length > before) minutes.push(minute);
      await reconcile(on.pool, ['sms']);
      await on.timePasses('1 minute');
    }
    return minutes;
  }

  test('where help is goes again at once, then ever later, and five times in all', async () => {
    await on.say('call 999', { class: 'signpost' });
    expect(await minutesOfSending(unknown)).toEqual([0, 1, 4, 15, 46]);
    expect(on.provider.sent.map(({ text }) => text)).toEqual(Array(5).fill('call 999'));
    expect(await outboxFigures(on.pool)).toMatchObject({ planned: 1, unknown: 1, remaining: 0 });
  });

  test('an outage of half an hour leaves nobody without a way to help', async () => {
    await on.say('call 999', { class: 'signpost' });
    let calls = 0;
    const minutes = await minutesOfSending(() => (++calls <= 4 ? unknown() : accepted()));
    expect(minutes.at(-1)).toBeGreaterThan(30);
    expect(await outboxFigures(on.pool)).toMatchObject({ planned: 1, accepted: 1 });
  });

  test('when none of the five is heard of, somebody is told once, and the words are not kept', async () => {
    await on.say('call 999', { class: 'signpost' });
    on.provider.answer = unknown;
    const told: number[] = [];
    for (let hour = 0; hour < 12; hour++) {
      await on.dispatcher().drain();
      told.push((await reconcile(on.pool, ['sms'])).signpostsInDoubt);
      await on.timePasses('1 hour');
    }
    expect(told.filter((count) => count > 0)).toEqual([1]);
    const { rows } = await on.pool.query(
      'select from delivery.outbox where body_ct is not null and not resent',
    );
    expect(rows).toEqual([]);
  });

  test('tries at where help is that never left take nothing from the five', async () => {
    await on.say('call 999', { class: 'signpost' });
    on.provider.answer = () => ({ kind: 'not-sent', reason: 'http-500', counts: true });
    for (let tries = 0; tries < 6; tries++) {
      await on.dispatcher().drain();
      await on.timePasses('1 hour');
    }
    on.provider.sent.length = 0;
    await minutesOfSending(unknown);
    expect(on.provider.sent).toHaveLength(5);
  });

  test('feedback goes again once, after half an hour', async () => {
    await on.say('what happened', { class: 'feedback' });
    on.provider.answer = unknown;
    await on.dispatcher().drain();
    await on.timePasses('29 minutes');
    expect(await reconcile(on.pool, ['sms'])).toMatchObject({ resent: 0 });
    for (let i = 0; i < 3; i++) {
      await on.timePasses('2 minutes');
      await reconcile(on.pool, ['sms']);
      await on.dispatcher().drain();
      await on.timePasses('1 hour');
    }
    expect(on.provider.sent).toHaveLength(2);
  });

  test('in a broadcast the copy keeps its place before what follows it', async () => {
    const contentIds = [await content(on.pool, 'what happened'), await content(on.pool, 'right?')];
    const recipient = { personId: randomUUID(), channel: 'sms' as const, contentIds };
    const broadcastId = randomUUID();
    const broadcast = { broadcastId, class: 'feedback' as const, recipients: [recipient] };
    await planBroadcast(on.pool, broadcast);
    on.provider.answer = unknown;
    await on.dispatcher().drain();
    on.provider.answer = () => accepted();
    await on.timePasses('31 minutes');
    await reconcile(on.pool, ['sms']);
    await on.dispatcher().drain();
    expect(on.provider.sent.map(({ text }) => text)).toEqual([
      'what happened',
      'what happened',
      'right?',
    ]);
    expect(await outboxFigures(on.pool, broadcastId)).toMatchObject({ planned: 2, accepted: 2 });
    expect(await planBroadcast(on.pool, broadcast)).toBe(0);
  });

  test('never after a callback has proven that the first was accepted', async () => {
    await on.say('what happened', { class: 'feedback' });
    on.provider.answer = unknown;
    await on.dispatcher().drain();
    await on.timePasses('31 minutes');
    await reconcile(on.pool, ['sms']);
    const reportStatus = createReportStatus({ pool: on.pool, onOptOut: async () => undefined });
    const nonce = on.provider.sent[0]?.nonce ?? '';
    await reportStatus({ nonce, state: 'delivered', providerId: 'SM1' });
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(1);
    expect(await outboxFigures(on.pool)).toMatchObject({ planned: 1, accepted: 1, delivered: 1 });
  });

  test('not on a channel that cannot begin by itself', async () => {
    await on.say('call 999', { class: 'signpost', channel: 'web' });
    await on.pool.query(`update delivery.outbox set state = 'unknown', attempted_at = now()`);
    expect(await reconcile(on.pool, ['sms'])).toMatchObject({ resent: 0 });
  });
});

describe('replies that rode on a webhook', () => {
  async function riding(kind: MessageClass): Promise<void> {
    await on.pool.query(
      `insert into delivery.outbox (person_id, channel, class, priority, state, parts, body_ct,
                                    key_day, attempted_at, answers)
       values ($1, 'sms', $2, 0, 'attempting', 1, $3, '2026-11-02', clock_timestamp(), $4)`,
      [randomUUID(), kind, sealed(kind), Buffer.from(randomUUID())],
    );
  }

  test('where help is, not confirmed for a minute, is sent by itself', async () => {
    await riding('signpost');
    await riding('reply');
    await reconcile(on.pool, ['sms']);
    await on.dispatcher().drain();
    expect(on.provider.sent).toEqual([]);
    await afterTheLease();
    await on.dispatcher().drain();
    expect(on.provider.sent.map(({ text }) => text)).toEqual(['signpost']);
    expect(await states()).toEqual(['unknown', 'attempting', 'accepted']);
  });

  test('any other, not confirmed for a day, is unknown for good', async () => {
    await riding('reply');
    await on.timePasses('23 hours');
    expect(await giveUpReplies(on.pool)).toBe(0);
    await on.timePasses('2 hours');
    expect(await giveUpReplies(on.pool)).toBe(1);
    expect(await states()).toEqual(['unknown']);
  });
});
