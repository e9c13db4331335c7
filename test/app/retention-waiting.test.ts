/** What waits for something that may never come: told of in time, and not for ever. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { outboxFigures } from '../../src/delivery/figures.ts';
import { retentionOfThisFile } from './retention-stage.ts';

const { on, open, query, kept } = await retentionOfThisFile();

test('finished answers: told of when they could have gone 8 weeks ago', async () => {
  for (const text of ['PARK', 'go', '1', 'skip']) await on.phone('+447700900300').text(text);
  const line = () => kept('finished answers');
  expect(await line()).toMatchObject({ deleted: 0, left: 1, oldest: '2026-11-06' });
  const [batch = ''] = await query('select id from pool.batch');
  const age = (day: string) =>
    query(`update pool."item_${batch.replaceAll('-', '')}" set eligible_on = $1`, [day]);
  await age('2026-09-07');
  expect((await line()).alert).toBeUndefined();
  await age('2026-09-06');
  expect((await line()).alert).toMatch(/^1 could have gone 56 days ago: heard release/);
});

test('a broadcast that nobody lets go: told of after 14 days, refused as expired after 90', async () => {
  const waiting = async (plannedDaysAgo: number, state: string, inDays?: number) => {
    const id = randomUUID();
    await query(
      `insert into delivery.broadcast (id, class, priority, state, planned_on, not_before)
       values ($1, 'feedback', 4, $2, current_date - $3::integer,
               coalesce(now() + $4 * interval '1 day', '-infinity'))`,
      [id, state, plannedDaysAgo, inDays ?? null],
    );
    await query(
      `insert into delivery.outbox (person_id, channel, class, priority, state, parts, broadcast_id)
       values (gen_random_uuid(), 'sms', 'feedback', 4, 'planned', 1, $1)`,
      [id],
    );
    return id;
  };
  await waiting(14, 'paused');
  await waiting(15, 'paused');
  await waiting(90, 'running');
  await waiting(200, 'running', 1);
  const over = [await waiting(91, 'paused'), await waiting(91, 'running')];
  expect(await kept('messages that wait')).toMatchObject({
    deleted: 2,
    left: 4,
    alert: '2 have waited for more than 14 days: heard status',
  });
  expect(
    await query(
      `select distinct b.state || ' ' || o.state || ' ' || o.reason from delivery.outbox o
       join delivery.broadcast b on b.id = o.broadcast_id where b.id = any($1)`,
      [over],
    ),
  ).toEqual(['cancelled refused expired']);
  for (const id of over)
    expect(await outboxFigures(on.heard.world.pool, id)).toMatchObject({
      planned: 1,
      refused: 1,
      remaining: 0,
    });
  expect(await query(`select count(*) from delivery.outbox where state = 'planned'`)).toEqual([
    '4',
  ]);
});

test('an address that nobody is behind goes', async () => {
  await query(
    `insert into contact.address (person_id, channel, addr_ct, addr_ver)
     values (gen_random_uuid(), 'sms', '', 1)`,
  );
  expect(await kept('addresses')).toMatchObject({ deleted: 1, left: 0 });
});

test('whoever may score what was never told goes too', async () => {
  await query(
    `insert into feedback.rating_due (person_id, broadcast_id)
     values (gen_random_uuid(), gen_random_uuid())`,
  );
  expect(await kept('who may say')).toMatchObject({ deleted: 1, left: 0 });
});

test('the keys of a consultation go when it is over and has nothing left, and not before', async () => {
  const { keys } = on.heard.world;
  const over = randomUUID();
  for (const id of [open.id, over]) {
    await keys.withdrawalKey(id);
    await keys.freeTextKey(id);
  }
  const stillOpen = await kept('keys to take');
  expect(stillOpen).toMatchObject({ deleted: 0, left: 2 });
  await query(
    `insert into consultation.consultation (id, flow, version, keyword, state, opened_on, closed_on)
     values ($1, $2, $3, 'over', 'closed', '2026-01-01', '2026-02-01')`,
    [over, open.flow, open.version],
  );
  const raw = `insert into resp.free_text (consultation_id, question, release_period, raw_ct)
               values ($1, 'better', '2026-W45', 'raw')`;
  await query(raw, [over]);
  expect(await kept('keys of raw')).toMatchObject({ deleted: 0, left: 2 });
  await query('delete from resp.free_text');
  expect(await kept('keys of raw')).toMatchObject({ deleted: 1, left: 1 });
  expect(await keys.withdrawals()).toEqual([open.id]);
});
