/** Messages, words, cases and keys, on either side of the border of each: what is due goes, the rest stays. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { NOW, retentionOfThisFile } from './retention-stage.ts';

const { on, query, kept } = await retentionOfThisFile();

test('marks of messages: 13 months', async () => {
  await query(
    `insert into conv.seen (id, day) values ('\\x01', '2025-10-02'), ('\\x02', '2025-10-01')`,
  );
  expect(await kept('marks of messages')).toMatchObject({
    deleted: 1,
    left: 1,
    oldest: '2025-10-02',
  });
});

test('messages: a week after their end, into the totals', async () => {
  for (const days of [7, 8])
    await query(
      `insert into delivery.outbox (person_id, channel, class, priority, state, was_accepted, parts, ended_on)
       values (gen_random_uuid(), 'sms', 'reply', 1, 'accepted', true, 1, current_date - $1::integer)`,
      [days],
    );
  expect(await kept('messages that were')).toMatchObject({ deleted: 1, left: 1 });
  expect(await query('select rows from delivery.total')).toEqual(['1']);
});

test('messages of their own that never left: a week, with their words', async () => {
  for (const days of [7, 8])
    await query(
      `insert into delivery.outbox (person_id, channel, class, priority, state, parts, body_ct, key_day)
       values (gen_random_uuid(), 'sms', 'reminder', 2, 'planned', 1, '\\x01', current_date - $1::integer)`,
      [days],
    );
  await query(
    `insert into delivery.outbox (person_id, channel, class, priority, state, parts, content_id)
     values (gen_random_uuid(), 'sms', 'feedback', 4, 'planned', 1, gen_random_uuid())`,
  );
  expect(await kept('messages that wait')).toMatchObject({ deleted: 1, left: 2 });
  expect(await query('select state from delivery.outbox order by id')).toEqual([
    'planned',
    'refused',
    'planned',
  ]);
});

test('texts of broadcasts: a week after the last message that carries them', async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const [at, days] of [7, 8, 8].entries())
    await query(
      `insert into delivery.content (id, prompts, parts, saved_on)
       values ($1, '[]', 1, current_date - $2::integer)`,
      [ids[at], days],
    );
  await query(
    `insert into delivery.outbox (person_id, channel, class, priority, state, parts, content_id)
     values (gen_random_uuid(), 'sms', 'feedback', 4, 'planned', 1, $1)`,
    [ids[2]],
  );
  expect(await kept('texts of broadcasts')).toMatchObject({ deleted: 1, left: 2 });
  expect(await query('select id from delivery.content where id = $1', [ids[1]])).toEqual([]);
});

test('copies at the provider that nobody deleted are told of after a day', async () => {
  await query(
    `insert into delivery.provider_copy (channel, provider_id, noted_on)
     values ('sms', 'SM1', current_date - 1)`,
  );
  expect((await kept('copies')).alert).toBeUndefined();
  await query('update delivery.provider_copy set noted_on = current_date - 2');
  expect((await kept('copies')).alert).toBeDefined();
});

test('raw free text: gone once cleared or withheld, never unread, and told of after 14 days', async () => {
  const text = (week: string, status: string) =>
    query(
      `insert into resp.free_text (consultation_id, question, release_period, raw_ct, masked, status)
       values (gen_random_uuid(), 'better', $1, 'raw', $2, $3)`,
      [week, status === 'cleared' ? 'cleared words' : null, status],
    );
  await text('2026-W45', 'held');
  await text('2026-W44', 'held');
  await text('2026-W43', 'held');
  await text('2026-W45', 'cleared');
  await text('2026-W45', 'withheld');
  expect(await kept('raw words')).toMatchObject({
    deleted: 2,
    left: 3,
    oldest: '2026-10-19',
    alert: expect.stringContaining('1 have waited'),
  });
  expect(
    await query(
      `select release_period || ' ' || status from resp.free_text where raw_ct is not null order by 1`,
    ),
  ).toEqual(['2026-W43 held', '2026-W44 held', '2026-W45 held']);
});

test('cases: amber a week, once reviewed; red and the unreviewed never by themselves', async () => {
  const one = (level: string, state: string, day: string) =>
    query(
      `insert into safe.case (id, level, opened_on, sealed_blob, state)
       values (gen_random_uuid(), $1, $3, '', $2)`,
      [level, state, day],
    );
  await one('amber', 'reviewed', '2026-10-26');
  await one('amber', 'reviewed', '2026-10-25');
  await one('amber', 'open', '2026-01-01');
  await one('red', 'reviewed', '2026-01-01');
  await one('red', 'open', '2026-11-02');
  expect(await kept('safeguarding')).toMatchObject({
    deleted: 1,
    left: 4,
    alert: expect.stringContaining('1 '),
  });
});

test('who may give a score: 90 days; a score that waits: 28', async () => {
  const due = async (plannedOn: string, keyDay: string | null) => {
    const broadcast = randomUUID();
    await query(
      `insert into feedback.broadcast (id, consultation_id, planned_on, texts, planned)
       values ($1, gen_random_uuid(), $2, '{}', 1)`,
      [broadcast, plannedOn],
    );
    await query(
      `insert into feedback.rating_due (person_id, broadcast_id, score_ct, key_day)
       values (gen_random_uuid(), $1, $2, $3)`,
      [broadcast, keyDay === null ? null : 'sealed', keyDay],
    );
  };
  await due('2026-08-04', null);
  await due('2026-08-03', null);
  await due('2026-10-01', '2026-10-05');
  await due('2026-10-01', '2026-10-04');
  expect(await kept('who may say')).toMatchObject({ deleted: 2, left: 2 });
});

test('a conversation: a week without a word, even if it cannot be ended in order', async () => {
  const phone = on.phone('+447700900123');
  await phone.text('park');
  await phone.text('go');
  await query(`update conv.conversation set state_ct = '\\x00', expire_at = $1`, [
    new Date(NOW.getTime() - 2 * 86_400_000 + 1000),
  ]);
  expect(await kept('conversations')).toMatchObject({ deleted: 0, left: 1 });
  await query('update conv.conversation set expire_at = $1', [
    new Date(NOW.getTime() - 2 * 86_400_000 - 1000),
  ]);
  expect(await kept('conversations')).toMatchObject({
    deleted: 1,
    left: 0,
    alert: expect.stringContaining('1 '),
  });
});

test('the key of a day goes when nothing sealed carries it, and not before', async () => {
  const { keys } = on.heard.world;
  for (const day of ['2026-10-20', '2026-10-21', '2026-11-01']) await keys.dayKey(day);
  await query(
    `insert into delivery.outbox (person_id, channel, class, priority, state, parts, body_ct, key_day)
     values (gen_random_uuid(), 'sms', 'reminder', 2, 'claimed', 1, '\\x01', '2026-10-21')`,
  );
  const line = await kept('keys of days');
  expect(line.deleted).toBeGreaterThanOrEqual(1);
  expect(line.oldest).toBe('2026-10-21');
  expect(await keys.existingDayKey('2026-10-20')).toBeUndefined();
  expect(await keys.existingDayKey('2026-11-01')).toBeDefined();
});
