/** How often people are written to before it is enough. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cancelBroadcast } from '../../src/delivery/broadcasts.ts';
import { type InCircle, leaveOutOverContacted, measureOf } from '../../src/delivery/contact-cap.ts';
import { withRecipients } from '../../src/delivery/recipients.ts';
import { deleteEnded } from '../../src/delivery/retention.ts';
import { broadcast } from './broadcast-stage.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

describe('how often', () => {
  async function reachable(
    people: readonly string[],
    cap: number,
    linked: readonly InCircle[] = [],
  ): Promise<readonly string[]> {
    return withRecipients(on.pool, async (session) => {
      await session.query(
        `insert into pg_temp.recipient select person, 'sms', 'en', true from unnest($1::uuid[]) person`,
        [people],
      );
      const left = await leaveOutOverContacted(session, cap, linked);
      const { rows } = await session.query<{ person_id: string }>(
        'select person_id from pg_temp.recipient where reachable',
      );
      expect(rows.length + left).toBe(people.length);
      return rows.map((row) => row.person_id);
    });
  }

  /** Who of them could be planned for, one after the other. */
  async function room(people: readonly string[], cap: number, linked: readonly InCircle[] = []) {
    const measure = await measureOf(on.pool, people, { cap, linked });
    return people.filter((person) => {
      const isFull = measure.isFull(person);
      if (!isFull) measure.note(person);
      return !isFull;
    });
  }

  test('two invitations or reminders in thirty days are enough, also after their rows are gone', async () => {
    const [twice = '', once = '', never = '', told = ''] = Array.from({ length: 4 }, () =>
      randomUUID(),
    );
    const all = [twice, once, never, told];
    await broadcast(on, { people: [twice, once], class: 'invitation' });
    await on.dispatcher().drain();
    await on.say('do you want to say something?', { personId: twice, class: 'reminder' });
    await broadcast(on, { people: [told] });
    await broadcast(on, { people: [told] });
    await on.dispatcher().drain();
    expect(await reachable(all, 2)).toEqual([once, never, told]);
    expect(await reachable(all, 1)).toEqual([never, told]);
    expect(await room(all, 2)).toEqual([once, never, told]);
    await on.pool.query('update delivery.outbox set ended_on = current_date - 10');
    expect(await deleteEnded(on.pool)).toBe(5);
    expect(await reachable(all, 2)).toEqual([once, never, told]);
    await on.pool.query('update delivery.contact set day = day - 25');
    expect(await reachable(all, 2)).toEqual(all);
  });

  test('what waits counts; what was refused does not', async () => {
    const [waits, refused] = [randomUUID(), randomUUID()];
    await broadcast(on, { people: [waits], class: 'invitation' });
    await cancelBroadcast(on.pool, await broadcast(on, { people: [refused], class: 'invitation' }));
    expect(await room([waits, refused], 1)).toEqual([refused]);
  });

  test('what may have been sent counts for the whole time, also after its row is gone', async () => {
    const perhaps = randomUUID();
    on.provider.answer = () => ({ kind: 'unknown', reason: 'timeout' });
    await broadcast(on, { people: [perhaps], class: 'invitation' });
    await on.dispatcher().drain();
    expect(await room([perhaps], 1)).toEqual([]);
    await on.pool.query('update delivery.outbox set ended_on = current_date - 10');
    expect(await deleteEnded(on.pool)).toBe(1);
    expect(await room([perhaps], 1)).toEqual([]);
    expect(await reachable([perhaps], 1)).toEqual([]);
  });

  test('those who are one person have one measure together', async () => {
    const [phone, second, alone] = [randomUUID(), randomUUID(), randomUUID()];
    const circle = randomUUID();
    const linked = [phone, second].map((personId) => ({ personId, circle }));
    await broadcast(on, { people: [phone, alone], class: 'invitation' });
    expect(await reachable([second, alone], 2, linked)).toEqual([second, alone]);
    expect(await room([phone, second, alone, alone], 2, linked)).toEqual([phone, alone]);
    await on.say('still time', { personId: second, class: 'reminder' });
    expect(await reachable([phone, second, alone], 2, linked)).toEqual([alone]);
    expect(await reachable([phone, second, alone], 2)).toEqual([phone, second, alone]);
  });
});
