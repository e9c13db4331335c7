/** Whom we must not write to, and what goes to them all the same. */
import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { People } from '../../src/delivery/attempt.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

describe('whom we must not write to', () => {
  test('someone who opts out between the claim and the attempt gets nothing', async () => {
    const { personId } = await on.say('hello', { class: 'invitation' });
    const fault = (point: string) => {
      if (point === 'claimed') on.stopped.add(personId);
    };
    await on.dispatcher({ fault }).drain();
    expect(on.provider.sent).toEqual([]);
    expect(await on.row()).toMatchObject({ state: 'refused', reason: 'opted-out', body_ct: null });
  });

  test('someone who opts out while a message that was looked at waits to leave gets nothing', async () => {
    const { personId } = await on.say('hello', { class: 'invitation' });
    const now = performance.now.bind(performance);
    let waited = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + waited);
    onTestFinished(() => clock.mockRestore());
    const people: People = {
      ...on.people,
      // The first look has not seen it.
      standingsOf: async (db, ids) => {
        const seen = await on.people.standingsOf(db, ids);
        on.stopped.add(personId);
        waited += 6_000;
        return seen;
      },
    };
    await on.dispatcher({ people }).drain();
    expect(on.provider.sent).toEqual([]);
    expect(await on.row()).toMatchObject({ state: 'refused', reason: 'opted-out' });
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
    expect(await on.row()).toMatchObject({ state: 'refused', reason: 'no-address' });
  });

  test('when the provider says that someone opted out, we are told', async () => {
    const { personId } = await on.say('hello');
    on.provider.answer = () => ({ kind: 'refused', reason: 'twilio-21610', optedOut: true });
    await on.dispatcher().drain();
    expect(on.optedOut).toEqual([personId]);
    expect(await on.row()).toMatchObject({ state: 'refused', reason: 'twilio-21610' });
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
