import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outbound } from '../../src/channel.ts';
import { MOST_TRIES } from '../../src/delivery/classes.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { accepted, content, planBroadcast, type Stage, stage } from './outbox-stage.ts';

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
beforeEach(() => on.reset());
afterAll(() => on[Symbol.asyncDispose]());

async function only() {
  const [row] = await on.rows();
  if (!row) throw new Error('no row');
  return row;
}

describe('a message', () => {
  test('goes out once and is accepted; its body is kept no longer', async () => {
    await on.say('hello');
    await on.dispatcher().drain();
    await on.dispatcher().drain();
    expect(on.provider.sent.map(({ text }) => text)).toEqual(['hello']);
    expect(await only()).toMatchObject({
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
      during = { ...(await only()), nonceOfTheCall: nonce };
      return accepted();
    };
    await on.dispatcher().drain();
    expect(during).toMatchObject({ state: 'attempting', nonce: expect.any(String) });
    expect(on.provider.sent[0]?.nonce).toBe((await only()).nonce);
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
    expect((await only()).state).toBe('accepted');
  });

  test('goes with what its channel needs besides the address', async () => {
    await on.say('hello');
    const given: Outbound[] = [];
    on.provider.answer = (outbound) => {
      given.push(outbound);
      return accepted();
    };
    const people = {
      stoppedAmong: async () => new Set<string>(),
      guestsAmong: async () => new Set<string>(),
      addressOf: async (_: unknown, ids: readonly string[]) =>
        new Map(ids.map((id) => [id, { address: 'there', reference: 'the way there' }])),
    };
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
    let together = 0;
    on.provider.answer = async () => {
      together += 1;
      const inFlight = (await on.rows()).filter(({ state }) => state === 'attempting').length;
      expect(inFlight).toBe(1);
      return accepted(`SM${together}`);
    };
    await Promise.all([on.dispatcher().drain(), on.dispatcher().drain()]);
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

describe('whom we must not write to', () => {
  test('someone who opts out between the claim and the attempt gets nothing', async () => {
    const { personId } = await on.say('hello', { class: 'invitation' });
    const fault = (point: string) => {
      if (point === 'claimed') on.stopped.add(personId);
    };
    await on.dispatcher({ fault }).drain();
    expect(on.provider.sent).toEqual([]);
    expect(await only()).toMatchObject({ state: 'refused', reason: 'opted-out', body_ct: null });
  });

  test('the confirmation of an opt-out, and where help is, still go', async () => {
    const personId = randomUUID();
    on.stopped.add(personId);
    await on.say('no more texts', { personId, class: 'opt-out' });
    await on.say('call 999', { personId, class: 'signpost' });
    await on.say('question 3', { personId, class: 'reply' });
    await on.dispatcher().drain();
    expect(on.provider.sent.map(({ text }) => text)).toEqual(['call 999', 'no more texts']);
  });

  test('without an address there is nowhere to send it', async () => {
    const { personId } = await on.say('hello');
    on.homeless.add(personId);
    await on.dispatcher().drain();
    expect(await only()).toMatchObject({ state: 'refused', reason: 'no-address' });
  });

  test('when the provider says that someone opted out, we are told', async () => {
    const { personId } = await on.say('hello');
    on.provider.answer = () => ({ kind: 'refused', reason: 'twilio-21610', optedOut: true });
    await on.dispatcher().drain();
    expect(on.optedOut).toEqual([personId]);
    expect(await only()).toMatchObject({ state: 'refused', reason: 'twilio-21610' });
  });

  test('in trial mode what Heard begins goes to guests only; replies go to everyone', async () => {
    const guest = await on.say('guest', { class: 'feedback' });
    on.guests.add(guest.personId);
    for (const kind of ['feedback', 'invitation', 'reminder', 'reply', 'signpost'] as const)
      await on.say(kind, { class: kind });
    const channel = { ...on.provider, staysOnThisMachine: false };
    await on.dispatcher({ trial: true, channel }).drain();
    expect(on.provider.sent.map(({ text }) => text).sort()).toEqual(['guest', 'reply', 'signpost']);
    const refused = (await on.rows()).filter(({ state }) => state === 'refused');
    expect(refused.map(({ reason }) => reason)).toEqual(['trial', 'trial', 'trial']);
  });

  test('in trial mode everything goes to a stand-in on this machine', async () => {
    await on.say('feedback', { class: 'feedback' });
    await on.dispatcher({ trial: true }).drain();
    expect(on.provider.sent).toHaveLength(1);
  });
});

describe('what the provider answers', () => {
  test('a 429 is no attempt: the message waits as long as it was asked to', async () => {
    await on.say('hello');
    on.provider.answer = () => ({ kind: 'throttled', retryAfterMs: 30_000 });
    await on.dispatcher().drain();
    expect(await only()).toMatchObject({
      state: 'planned',
      attempts: 0,
      nonce: null,
      is_held: true,
      body_ct: expect.anything(),
    });
    on.provider.answer = () => accepted();
    await on.timePasses('31 seconds');
    await on.dispatcher().drain();
    expect((await only()).state).toBe('accepted');
  });

  test('a provider that cannot be reached is tried again, and after ten times no more', async () => {
    await on.say('hello');
    on.provider.answer = () => ({ kind: 'not-sent', reason: 'unreachable' });
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      await on.dispatcher().drain();
      expect(await only()).toMatchObject({ state: 'planned', attempts: tries, is_held: true });
      await on.timePasses('1 hour');
    }
    await on.dispatcher().drain();
    expect(await only()).toMatchObject({ state: 'failed', reason: 'unreachable', body_ct: null });
  });

  test('while the provider is away the other messages keep their tries', async () => {
    for (let i = 0; i < 40; i++) await on.say(`${i}`);
    on.provider.answer = () => ({ kind: 'not-sent', reason: 'unreachable' });
    await on.dispatcher({ concurrency: 2 }).drain();
    expect(on.provider.sent.length).toBeLessThan(10);
    expect((await on.rows()).every(({ state }) => state === 'planned')).toBe(true);
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
      expect(await only()).toMatchObject({ state: 'unknown', reason: 'timeout' });
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

  test('waits while the key holder is away, and is set aside in the end', async () => {
    await on.say('hello');
    const openBody = async () => {
      throw new Error('the key holder is away');
    };
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      expect(await only()).toMatchObject({ state: 'planned' });
      await on.dispatcher({ openBody }).drain();
      await on.timePasses('1 hour');
    }
    expect(await only()).toMatchObject({ state: 'failed', reason: 'not-opened' });
    expect(on.provider.sent).toEqual([]);
  });

  test('a shared text that is not there', async () => {
    await on.say('', { body: { contentId: randomUUID() } });
    await on.dispatcher().drain();
    expect(await only()).toMatchObject({ state: 'failed', reason: 'unreadable' });
  });
});
