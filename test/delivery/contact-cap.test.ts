/** How often people are written to before it is enough. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cancelBroadcast } from '../../src/delivery/broadcasts.ts';
import { leaveOutOverContacted, overContactedAmong } from '../../src/delivery/contact-cap.ts';
import { withRecipients } from '../../src/delivery/recipients.ts';
import { deleteEnded } from '../../src/delivery/retention.ts';
import { broadcast } from './broadcast-stage.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

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
    await broadcast(on, { people: [twice, once], class: 'invitation' });
    await on.dispatcher().drain();
    await on.say('do you want to say something?', { personId: twice, class: 'reminder' });
    await broadcast(on, { people: [told] });
    await broadcast(on, { people: [told] });
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
    await broadcast(on, { people: [waits], class: 'invitation' });
    await cancelBroadcast(on.pool, await broadcast(on, { people: [refused], class: 'invitation' }));
    expect(await overContactedAmong(on.pool, [waits, refused], 1)).toEqual(new Set([waits]));
  });
});
