/** What becomes of a message by what its provider answers, and of one that cannot be read. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MOST_TRIES } from '../../src/delivery/classes.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { broadcast, sums } from './broadcast-stage.ts';
import { everybodyAtHome } from './everybody-at-home.ts';
import { accepted, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

describe('what the provider answers', () => {
  test('a 429 is no attempt: the message waits as long as it was asked to', async () => {
    await on.say('hello');
    on.provider.answer = () => ({ kind: 'throttled', retryAfterMs: 30_000 });
    await on.dispatcher().drain();
    expect(await on.row()).toMatchObject({
      state: 'planned',
      attempts: 0,
      nonce: null,
      is_held: true,
      body_ct: expect.anything(),
    });
    on.provider.answer = () => accepted();
    await on.timePasses('31 seconds');
    await on.dispatcher().drain();
    expect((await on.row()).state).toBe('accepted');
  });

  test('every process waits as long as one of them was asked to, and no longer than an hour', async () => {
    await on.say('hello');
    on.provider.answer = () => ({ kind: 'throttled', retryAfterMs: 1_800_000 });
    await on.dispatcher().drain();
    on.provider.answer = () => accepted();
    await on.say('another');
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(1);
    await on.timePasses('29 minutes');
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(1);
    await on.timePasses('61 seconds');
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(3);
    // A clock that was put back leaves a wait behind that nobody asked for.
    await on.pool.query(
      `update delivery.bucket set held_until = clock_timestamp() + interval '1 day'`,
    );
    await on.say('the next');
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(4);
  });

  test('an id that the database refuses: that message is unknown, and the others are recorded', async () => {
    for (const text of ['one', 'two', 'three']) await on.say(text);
    on.provider.answer = ({ prompts }) => accepted(prompts[0]?.text === 'two' ? 'SM\0' : 'SM1');
    await on.dispatcher().drain();
    expect((await on.rows()).map(({ state, reason }) => [state, reason])).toEqual([
      ['accepted', null],
      ['unknown', 'not-recordable'],
      ['accepted', null],
    ]);
  });

  test('a provider that cannot be reached is tried again for as long as it takes: that is no attempt', async () => {
    await on.say('hello');
    on.provider.answer = () => ({ kind: 'not-sent', reason: 'unreachable' });
    for (let tries = 0; tries <= MOST_TRIES; tries++) {
      await on.dispatcher().drain();
      expect(await on.row()).toMatchObject({ state: 'planned', attempts: 0, is_held: true });
      await on.timePasses('1 hour');
    }
    on.provider.answer = () => accepted();
    await on.dispatcher().drain();
    expect(await on.row()).toMatchObject({ state: 'accepted', attempts: 1 });
  });

  test('a message that may itself be the fault is tried ten times and set aside, with an alert; the others go on', async () => {
    const poison = await on.say('poison');
    on.provider.answer = ({ address }) =>
      address === poison.personId
        ? { kind: 'not-sent', reason: 'http-500', counts: true }
        : accepted();
    const alerts: string[] = [];
    const log = { error: (what: string) => alerts.push(what) };
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      await on.dispatcher({ log }).drain();
      expect(await on.row()).toMatchObject({ state: 'planned', attempts: tries, is_held: true });
      await on.timePasses('1 hour');
    }
    expect(alerts).toEqual([]);
    await on.say('hello');
    await on.dispatcher({ log, concurrency: 1 }).drain();
    await on.dispatcher({ log }).drain();
    expect((await on.rows()).map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', 'http-500'],
      ['accepted', null],
    ]);
    expect(alerts).toEqual(['messages were set aside']);
  });

  test('while the provider is away the other messages keep their tries', async () => {
    for (let i = 0; i < 40; i++) await on.say(`${i}`);
    on.provider.answer = () => ({ kind: 'not-sent', reason: 'unreachable' });
    await on.dispatcher({ concurrency: 2 }).drain();
    expect(on.provider.sent.length).toBeGreaterThan(0);
    expect(on.provider.sent.length).toBeLessThan(10);
    expect((await on.rows()).every(({ state }) => state === 'planned')).toBe(true);
  });

  test('while its answers say nothing, a broadcast is not spent on finding out', async () => {
    const id = await broadcast(on, {
      class: 'invitation',
      people: Array.from({ length: 200 }, () => randomUUID()),
    });
    on.provider.answer = () => ({ kind: 'unknown', reason: 'http-500' });
    await on.dispatcher({ concurrency: 10 }).drain();
    const { unknown, remaining } = await sums(on, id);
    expect(unknown).toBeLessThanOrEqual(10);
    expect(remaining).toBe(200 - unknown);
  });

  test.each(['reply', 'opt-out', 'reminder', 'invitation'] as const)(
    'a %s whose fate is unknown is never sent again',
    async (kind) => {
      await on.say('hello', { class: kind });
      on.provider.answer = () => ({ kind: 'unknown', reason: 'timeout' });
      await on.dispatcher().drain();
      await on.timePasses('3 days');
      await reconcile(on.pool, ['sms']);
      await on.dispatcher().drain();
      expect(on.provider.sent).toHaveLength(1);
      expect(await on.row()).toMatchObject({ state: 'unknown', reason: 'timeout' });
    },
  );

  test('a channel that breaks: unknown, and the others go on', async () => {
    await on.say('poison');
    await on.say('hello');
    on.provider.answer = ({ prompts }) => {
      if (prompts[0]?.text === 'poison') throw new Error('a bug');
      return accepted();
    };
    await on.dispatcher().drain();
    expect((await on.rows()).map(({ state }) => state)).toEqual(['unknown', 'accepted']);
  });
});

describe('what cannot be read', () => {
  test('is set aside when its key is gone, and the others go on', async () => {
    const poison = await on.say('poison');
    await on.say('hello');
    const openBody = async (personId: string) => (personId === poison.personId ? undefined : []);
    await on.dispatcher({ openBody }).drain();
    expect((await on.rows()).map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', 'unreadable'],
      ['accepted', null],
    ]);
  });

  test('waits while the key holder is away, for as long as it takes, and keeps its tries', async () => {
    await on.say('hello');
    const openBody = async () => {
      throw new Error('the key holder is away');
    };
    for (let tries = 0; tries <= MOST_TRIES; tries++) {
      await on.dispatcher({ openBody }).drain();
      expect(await on.row()).toMatchObject({
        state: 'planned',
        reason: 'not-opened',
        attempts: 0,
      });
      await on.timePasses('1 hour');
    }
    expect(on.provider.sent).toEqual([]);
    await on.dispatcher().drain();
    expect((await on.row()).state).toBe('accepted');
  });

  test('a key holder that is away is not asked for one message after the other', async () => {
    for (let i = 0; i < 40; i++) await on.say(`${i}`);
    let asked = 0;
    const openBody = async () => {
      asked += 1;
      throw new Error('the key holder is away');
    };
    await on.dispatcher({ openBody, concurrency: 2 }).drain();
    expect(asked).toBeLessThan(10);
  });

  test('nobody who cannot be looked at is written to or given up, and they are asked about again', async () => {
    await on.say('hello');
    const { people } = on;
    const isAway = () => Promise.reject(new Error('the key holder is away'));
    const away = { ...people, standingsOf: isAway };
    for (let tries = 0; tries <= MOST_TRIES; tries++) {
      await on.dispatcher({ people: away }).drain();
      expect(await on.row()).toMatchObject({
        state: 'planned',
        reason: 'not-looked-at',
        attempts: 0,
      });
      await on.timePasses('1 hour');
    }
    await on.dispatcher().drain();
    expect((await on.row()).state).toBe('accepted');
  });

  test('an address that does not open is set aside after ten tries; the others go at once', async () => {
    const lost = await on.say('lost');
    await on.say('hello');
    const people = everybodyAtHome((id) => (id === lost.personId ? 'unopened' : { address: id }));
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      await on.dispatcher({ people }).drain();
      expect((await on.rows()).map(({ state }) => state)).toEqual([
        tries < MOST_TRIES ? 'planned' : 'failed',
        'accepted',
      ]);
      await on.timePasses('1 hour');
    }
    expect((await on.rows())[0]).toMatchObject({ reason: 'address-not-opened', body_ct: null });
  });

  test('a shared text that is not there', async () => {
    await on.say('', { body: { contentId: randomUUID() } });
    await on.dispatcher().drain();
    expect(await on.row()).toMatchObject({ state: 'failed', reason: 'unreadable' });
  });
});
