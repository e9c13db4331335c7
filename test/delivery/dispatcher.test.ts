/** What the dispatcher sends: each message once, in order, no more at once than allowed. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { Outbound } from '../../src/channel.ts';
import { everybodyAtHome } from './everybody-at-home.ts';
import { accepted, content, planBroadcast, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

describe('a message', () => {
  test('goes out once and is accepted; its body is kept no longer', async () => {
    await on.say('hello');
    await on.dispatcher().drain();
    await on.dispatcher().drain();
    expect(on.provider.sent.map(({ text }) => text)).toEqual(['hello']);
    expect(await on.row()).toMatchObject({
      state: 'accepted',
      was_accepted: true,
      provider_id: 'SM1',
      attempts: 1,
      body_ct: null,
      key_day: null,
      worker: null,
    });
  });

  test('is marked as attempted, under the nonce of the call, before the provider is called', async () => {
    await on.say('hello');
    let during: unknown;
    on.provider.answer = async ({ nonce }) => {
      during = { ...(await on.row()), nonceOfTheCall: nonce };
      return accepted();
    };
    await on.dispatcher().drain();
    expect(during).toMatchObject({ state: 'attempting', nonce: expect.any(String) });
    expect(on.provider.sent[0]?.nonce).toBe((await on.row()).nonce);
  });

  test('waits for its time', async () => {
    await on.say('later', { delayMs: 60_000 });
    await on.dispatcher().drain();
    expect(on.provider.sent).toEqual([]);
    await on.timePasses('61 seconds');
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(1);
  });

  test('is found by a running dispatcher that is woken', async () => {
    const dispatcher = on.dispatcher();
    dispatcher.start();
    await on.say('hello');
    dispatcher.wake();
    await vi.waitFor(() => expect(on.provider.sent).toHaveLength(1));
    await dispatcher.stop();
    expect((await on.row()).state).toBe('accepted');
  });

  test('goes with what its channel needs besides the address', async () => {
    await on.say('hello');
    const given: Outbound[] = [];
    on.provider.answer = (outbound) => {
      given.push(outbound);
      return accepted();
    };
    const people = everybodyAtHome(() => ({ address: 'there', reference: 'the way there' }));
    await on.dispatcher({ people }).drain();
    expect(given).toMatchObject([{ address: 'there', reference: 'the way there' }]);
  });

  test('of another channel is not ours to send', async () => {
    await on.say('hello', { channel: 'discord' });
    await on.dispatcher().drain();
    expect(on.provider.sent).toEqual([]);
  });
});

describe('order', () => {
  test("a person's messages keep their order, one at a time", async () => {
    const personId = randomUUID();
    for (const text of ['one', 'two', 'three', 'four']) await on.say(text, { personId });
    const together: number[] = [];
    on.provider.answer = async () => {
      together.push((await on.rows()).filter(({ state }) => state === 'attempting').length);
      return accepted(`SM${together.length}`);
    };
    await Promise.all([on.dispatcher().drain(), on.dispatcher().drain()]);
    expect(together).toEqual([1, 1, 1, 1]);
    expect(on.provider.sent.map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four']);
  });

  test('replies before reminders before invitations before feedback; where help is, first', async () => {
    for (const kind of ['feedback', 'invitation', 'reminder', 'reply', 'signpost'] as const)
      await on.say(kind, { class: kind });
    await on.dispatcher({ concurrency: 1 }).drain();
    expect(on.provider.sent.map(({ text }) => text)).toEqual([
      'signpost',
      'reply',
      'reminder',
      'invitation',
      'feedback',
    ]);
  });

  test('where help is does not wait behind a message whose fate is unknown', async () => {
    const personId = randomUUID();
    await on.say('invitation', { personId, class: 'invitation' });
    on.provider.answer = () => ({ kind: 'unknown', reason: 'timeout' });
    await on.dispatcher().drain();
    on.provider.answer = () => accepted();
    await on.say('reminder', { personId, class: 'reminder' });
    await on.say('second invitation', { personId, class: 'invitation' });
    await on.say('signpost', { personId, class: 'signpost' });
    await on.dispatcher().drain();
    const texts = () => on.provider.sent.map(({ text }) => text);
    expect(texts()).toEqual(['invitation', 'signpost', 'reminder']);
    await on.timePasses('36 minutes');
    await on.dispatcher().drain();
    expect(texts()).toEqual(['invitation', 'signpost', 'reminder', 'second invitation']);
  });
});

describe('many at once', () => {
  test('four dispatchers send three hundred messages once each, in order for each person', async () => {
    const people = Array.from({ length: 150 }, () => randomUUID());
    const [first, second] = [await content(on.pool, 'first'), await content(on.pool, 'second')];
    const recipients = people.map((personId) => ({
      personId,
      channel: 'sms' as const,
      contentIds: [first, second],
    }));
    await planBroadcast(on.pool, { broadcastId: randomUUID(), class: 'feedback', recipients });
    await Promise.all(Array.from({ length: 4 }, () => on.dispatcher({ concurrency: 7 }).drain()));
    await on.dispatcher().drain();
    expect(on.provider.sent).toHaveLength(300);
    for (const personId of people) {
      const texts = on.provider.sent.filter(({ address }) => address === personId);
      expect(texts.map(({ text }) => text)).toEqual(['first', 'second']);
    }
    expect(new Set((await on.rows()).map(({ state }) => state))).toEqual(new Set(['accepted']));
  });

  test('no more calls are open at once than allowed', async () => {
    for (let i = 0; i < 30; i++) await on.say(`${i}`);
    let open = 0;
    let most = 0;
    on.provider.answer = async () => {
      open += 1;
      most = Math.max(most, open);
      await on.pool.query('select 1');
      open -= 1;
      return accepted();
    };
    await on.dispatcher({ concurrency: 4 }).drain();
    expect(on.provider.sent).toHaveLength(30);
    expect(most).toBe(4);
  });

  test('a stop finishes what is under way and gives back what is not', async () => {
    for (let i = 0; i < 10; i++) await on.say(`${i}`);
    const called = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    on.provider.answer = async () => {
      called.resolve();
      await answer.promise;
      return accepted();
    };
    const dispatcher = on.dispatcher({ concurrency: 1 });
    dispatcher.start();
    await called.promise;
    const stopping = dispatcher.stop();
    answer.resolve();
    await stopping;
    const states = (await on.rows()).map(({ state }) => state);
    expect(states.filter((state) => state === 'accepted')).toHaveLength(on.provider.sent.length);
    expect(states.filter((state) => state === 'planned')).toHaveLength(
      10 - on.provider.sent.length,
    );
    expect(on.provider.sent.length).toBeLessThan(10);
  });
});
