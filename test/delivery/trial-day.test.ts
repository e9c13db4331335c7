/** What leaves in trial mode is measured out by the day. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { leftOfTrialDay, MOST_IN_A_TRIAL_DAY } from '../../src/delivery/trial-day.ts';
import { broadcast, sums } from './broadcast-stage.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

describe('trial mode', () => {
  test('lets fifty messages a day leave, over all processes; the rest is refused, for all to see', async () => {
    const people = Array.from({ length: 70 }, () => randomUUID());
    for (const person of people) on.guests.add(person);
    Object.assign(on.provider, { staysOnThisMachine: false });
    const id = await broadcast(on, { people });
    await on.say('a reply', { personId: people[0] ?? '' });
    await Promise.all(
      Array.from({ length: 3 }, () => on.dispatcher({ trial: true, concurrency: 4 }).drain()),
    );
    expect(await sums(on, id)).toMatchObject({
      accepted: MOST_IN_A_TRIAL_DAY,
      refused: 20,
      refusedFor: { 'trial-limit': 20 },
    });
    expect(on.provider.sent).toHaveLength(MOST_IN_A_TRIAL_DAY + 1);
    expect(await leftOfTrialDay(on.pool, 'Europe/London')).toBe(0);
    await on.pool.query('update delivery.trial_day set day = day - 1');
    const next = await broadcast(on, { people: people.slice(0, 2) });
    await on.dispatcher({ trial: true }).drain();
    expect(await sums(on, next)).toMatchObject({ accepted: 2 });
    Object.assign(on.provider, { staysOnThisMachine: true });
  });

  test.each<[string, SendOutcome]>([
    ['was sent away', { kind: 'throttled', retryAfterMs: 1_000 }],
    ['reached nobody', { kind: 'not-sent', reason: 'unreachable' }],
  ])('does not count what %s: nothing left', async (_, answer) => {
    const person = randomUUID();
    on.guests.add(person);
    Object.assign(on.provider, { staysOnThisMachine: false });
    await broadcast(on, { people: [person], class: 'invitation' });
    const { answer: accepts } = on.provider;
    on.provider.answer = () => answer;
    for (let tries = 0; tries < 3; tries++) {
      await on.dispatcher({ trial: true }).drain();
      await on.timePasses('1 hour');
    }
    expect(on.provider.sent).toHaveLength(3);
    expect(await leftOfTrialDay(on.pool, 'Europe/London')).toBe(MOST_IN_A_TRIAL_DAY);
    on.provider.answer = accepts;
    await on.dispatcher({ trial: true }).drain();
    expect(await leftOfTrialDay(on.pool, 'Europe/London')).toBe(MOST_IN_A_TRIAL_DAY - 1);
    Object.assign(on.provider, { staysOnThisMachine: true });
  });
});
