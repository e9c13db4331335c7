/** What is kept of chats and issues, and on either side of each border what goes. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { retain } from '../../src/app/retention.ts';
import { answer } from '../../src/raised/answer.ts';
import { type GroupStage, issueIn, openGroupStage, rowsOf } from './group-stage.ts';

let stage: GroupStage;
beforeAll(async () => {
  stage = await openGroupStage({}, new Date('2026-11-02T16:30:00Z'));
});
beforeEach(async () => {
  await stage.heard.world.pool.query(
    `truncate chat.chat, chat.seen, raised.issue, conv.person, contact.address, delivery.outbox
     restart identity cascade`,
  );
});
afterAll(() => stage[Symbol.asyncDispose]());

async function kept(store: string) {
  const { kept: all, failed } = await retain(stage.heard);
  expect(failed).toEqual([]);
  return all.find((one) => one.store.startsWith(store));
}

const bus = { kind: 'raise', text: 'The 17:40 bus is always full' } as const;
const query = (text: string) => stage.heard.world.pool.query(text);

test('a chat stays while anything comes from it, and goes with its address after a silent year', async () => {
  await stage.chat('1001').happens({ kind: 'added' });
  const issue = issueIn(await stage.chat('1002').happens(bus));
  await query(
    `update chat.chat set seen_on = case when id = (select chat_id from raised.issue)
       then date '2025-11-01' else date '2025-11-02' end`,
  );
  expect(await kept('shared chats')).toMatchObject({ deleted: 1, left: 1, oldest: '2025-11-02' });
  expect(await rowsOf(stage, 'select count(*) from conv.person')).toEqual(['1']);
  expect(await rowsOf(stage, 'select count(*) from contact.address')).toEqual(['1']);
  expect(await rowsOf(stage, 'select id, chat_id from raised.issue')).toEqual([`${issue} null`]);
});

test('whatever comes from a chat is a sign of life', async () => {
  const chat = stage.chat('1001');
  await chat.happens({ kind: 'added' });
  await query(`update chat.chat set seen_on = '2025-01-01'`);
  await chat.happens({ kind: 'help' });
  expect(await rowsOf(stage, 'select seen_on::text from chat.chat')).toEqual(['2026-11-02']);
});

test('marks of events go after 28 days, where a chat took part after 12 months', async () => {
  await query(`insert into chat.seen values ('\\x01', '2026-10-05'), ('\\x02', '2026-10-04')`);
  await stage.chat('1001').happens({ kind: 'added' });
  await query(
    `insert into chat.taking_part select id, gen_random_uuid(), d::date from chat.chat,
       unnest(array['2025-11-02', '2025-11-01']) as d`,
  );
  expect(await kept('marks of events')).toMatchObject({ deleted: 1, oldest: '2026-10-05' });
  expect(await rowsOf(stage, 'select posted_on::text from chat.taking_part')).toEqual([
    '2025-11-02',
  ]);
});

test('an issue goes a year after its last answer; marks of backers 28 days after a no', async () => {
  const { world } = stage.heard;
  const [old, recent, open] = await Promise.all(
    ['a', 'b', 'c'].map(async (by) => issueIn(await stage.chat().happens(bus, { by }))),
  );
  for (const issue of [old, recent]) {
    await answer(world, {
      issue: issue ?? '',
      status: 'no',
      text: 'There are no drivers to be had.',
      actor: 'command line',
    });
  }
  await world.pool.query(
    `update raised.issue set closed_on = case id when $1 then date '2025-11-01'
       else date '2026-10-05' end where closed_on is not null`,
    [old],
  );
  expect(await kept('issues that were raised')).toMatchObject({ deleted: 1, left: 2 });
  expect(await rowsOf(stage, 'select count(*) from raised.backing')).toEqual(['2']);
  await query(`update raised.issue set closed_on = '2026-10-04' where closed_on is not null`);
  expect(await kept('marks of who backed')).toMatchObject({ deleted: 1, left: 1 });
  expect(await rowsOf(stage, 'select issue_id from raised.backing')).toEqual([open]);
});

test('what is late is an alert for whoever reads the proof', async () => {
  await stage.chat().happens(bus);
  await query(`update raised.issue set due_on = '2026-11-01'`);
  expect((await kept('issues that were raised'))?.alert).toContain('1 are late');
  await query(`update raised.issue set due_on = '2026-11-02'`);
  expect(await kept('issues that were raised')).not.toHaveProperty('alert');
});
