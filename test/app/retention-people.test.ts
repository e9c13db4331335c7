/** People, and what they were asked and took part in: forgotten on the day, never as they join. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { retentionOfThisFile } from './retention-stage.ts';

const { on, open, query, kept } = await retentionOfThisFile();

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

async function takesPart(id: string, joinedOn: string): Promise<void> {
  await query(
    `insert into conv.participation (person_id, consultation_id, state, joined_on)
     values ($1, gen_random_uuid(), 'done', $2)`,
    [id, joinedOn],
  );
}

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
