import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { retain } from '../../src/app/retention.ts';
import type { Consultation } from '../../src/consultation/consultations.ts';
import type { Kept } from '../../src/platform/kept.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

/** A Monday, week 2026-W45. */
const NOW = new Date('2026-11-02T16:30:00Z');

let on: TestHeard;
let open: Consultation;
beforeAll(async () => {
  on = await openTestHeard({}, NOW);
  open = await on.launchFlow('chesham-park');
});
beforeEach(async () => {
  await query(
    `truncate conv.person, conv.participation, conv.invitation, conv.conversation, conv.seen,
       contact.address, contact.suppression, delivery.outbox, delivery.content, delivery.total,
       delivery.provider_copy, resp.free_text, safe.case, feedback.broadcast, feedback.rating_due
     restart identity cascade`,
  );
});
afterAll(() => on[Symbol.asyncDispose]());

async function query(text: string, values: unknown[] = []): Promise<readonly string[]> {
  const { rows } = await on.heard.world.pool.query(text, values);
  return rows.map((row) => String(Object.values(row)[0]));
}

async function kept(store: string): Promise<Kept> {
  const { kept: all, failed } = await retain(on.heard);
  expect(failed).toBe(0);
  const one = all.find((line) => line.store.startsWith(store));
  if (!one) throw new Error(`no line for ${store}`);
  return one;
}

async function person(): Promise<string> {
  const id = randomUUID();
  await query(`insert into conv.person (id, channel, bidx, bidx_ver) values ($1, 'sms', $2, 1)`, [
    id,
    Buffer.from(id),
  ]);
  await query(
    `insert into contact.address (person_id, channel, addr_ct, addr_ver) values ($1, 'sms', '', 1)`,
    [id],
  );
  return id;
}

async function takesPart(id: string, joinedOn = '2026-11-02'): Promise<void> {
  await query(
    `insert into conv.participation (person_id, consultation_id, state, joined_on)
     values ($1, gen_random_uuid(), 'done', $2)`,
    [id, joinedOn],
  );
}

describe('on either side of each border', () => {
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

  test('who took part: 12 months; then the person and the address go too', async () => {
    const stays = await person();
    await takesPart(stays, '2025-11-02');
    const goes = await person();
    await takesPart(goes, '2025-11-01');
    expect(await kept('who took part')).toMatchObject({ deleted: 1, oldest: '2025-11-02' });
    expect(await query('select id from conv.person')).toEqual([stays]);
    expect(await query('select person_id from contact.address')).toEqual([stays]);
  });

  test('the invited who are silent: 28 days after the close, or 12 months', async () => {
    const closed = async (day: string) => {
      const id = randomUUID();
      await query(
        `insert into consultation.consultation (id, flow, version, keyword, state, opened_on, closed_on)
         values ($1, $2, $3, $4, 'closed', '2026-01-01', $5)`,
        [id, open.flow, open.version, id, day],
      );
      return id;
    };
    const cases = [
      [open.id, '2025-11-02', true],
      [open.id, '2025-11-01', false],
      [await closed('2026-10-05'), '2026-09-01', true],
      [await closed('2026-10-04'), '2026-09-01', false],
    ] as const;
    const staying: string[] = [];
    for (const [consultation, invitedOn, stays] of cases) {
      const id = await person();
      await query(
        `insert into conv.invitation (person_id, consultation_id, invited_on) values ($1, $2, $3)`,
        [id, consultation, invitedOn],
      );
      if (stays) staying.push(id);
    }
    expect(await kept('who was invited')).toMatchObject({ deleted: 2, left: 2 });
    expect((await query('select id from conv.person')).toSorted()).toEqual(staying.toSorted());
  });

  test('strangers: not while a message to them may still go, or was nudged today', async () => {
    const goes = await person();
    const owed = await person();
    await query(
      `insert into delivery.outbox (person_id, channel, class, priority, state, parts)
       values ($1, 'sms', 'signpost', 0, 'planned', 1)`,
      [owed],
    );
    const nudged = await person();
    await query(`update conv.person set nudged_on = '2026-11-02' where id = $1`, [nudged]);
    expect(await kept('people')).toMatchObject({ deleted: 1, left: 2 });
    expect(await query('select id from conv.person where id = $1', [goes])).toEqual([]);
  });

  test('an opt-out outlives its person, as a hash', async () => {
    const id = await person();
    await on.heard.world.contacts.stop(on.heard.world.pool, id, 'stop');
    expect(await kept('people')).toMatchObject({ deleted: 1 });
    expect(await kept('opt-outs')).toMatchObject({ left: 1, deleted: 0 });
  });

  test('messages: a week after their end, into the totals', async () => {
    for (const days of [7, 8])
      await query(
        `insert into delivery.outbox (person_id, channel, class, priority, state, was_accepted, parts, ended_on)
         values (gen_random_uuid(), 'sms', 'reply', 1, 'accepted', true, 1, current_date - $1::integer)`,
        [days],
      );
    expect(await kept('messages that')).toMatchObject({ deleted: 1, left: 1 });
    expect(await query('select rows from delivery.total')).toEqual(['1']);
  });

  test('words of messages that never left: a week', async () => {
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
    expect(await kept('words of messages')).toMatchObject({ deleted: 1, left: 1 });
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

test('whoever joins at the moment of being forgotten is made anew, and gets their answer', async () => {
  const phone = on.phone('+447700900200');
  await phone.text('hello there');
  const { pool } = on.heard.world;
  const forgetting = await pool.connect();
  await forgetting.query('begin');
  await forgetting.query('delete from conv.person');
  const answer = phone.text('PARK');
  const waiting = `select count(*) from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(() => query(waiting)).toEqual(['1']);
  await forgetting.query('commit');
  forgetting.release();
  expect(await answer).not.toEqual([]);
  expect(await query('select count(*) from conv.conversation')).toEqual(['1']);
});

test('whoever joined in that moment is not forgotten', async () => {
  const phone = on.phone('+447700900201');
  await phone.text('hello there');
  await query('update conv.person set nudged_on = null');
  const { pool } = on.heard.world;
  const joining = await pool.connect();
  await joining.query('begin');
  await joining.query(
    `insert into conv.participation (person_id, consultation_id, state, joined_on)
     select id, gen_random_uuid(), 'joined', '2026-11-02' from conv.person`,
  );
  expect(await kept('people')).toMatchObject({ deleted: 0, left: 1 });
  await joining.query('commit');
  joining.release();
});
