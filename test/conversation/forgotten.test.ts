/** "Wrong number", DELETE and "who is this?": what goes, what is said, and that nobody is written to again. */
import { expect, test } from 'vitest';
import { invite } from '../../src/conversation/invite.ts';
import { remindSilentInvitees } from '../../src/conversation/remind-invitees.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';
import { answerThePark } from './household.ts';
import { daysLater } from './invited.ts';

/** Finished answers that wait in the pool. */
async function inThePool({ heard }: TestHeard): Promise<number> {
  const { rows } = await heard.world.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'pool' and table_name like 'item%'`,
  );
  let items = 0;
  for (const { name } of rows)
    items += (await heard.world.pool.query(`select from pool."${name}"`)).rowCount ?? 0;
  return items;
}

test.each([
  ['a wrong number', []],
  ['a wrong number that said stop before, without a word', ['stop']],
] as const)('%s is forgotten: address, answers in the pool, everything', async (_who, before) => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone('+447700900101');
  await answerThePark(phone);
  const { pool } = heard.heard.world;
  await pool.query(
    `insert into feedback.rating_due (person_id, broadcast_id)
     select id, gen_random_uuid() from conv.person`,
  );
  for (const text of before) await phone.text(text);
  expect(await inThePool(heard)).toBe(1);
  expect(await phone.text('wrong number')).toHaveLength(1 - before.length);
  for (const table of [
    'conv.person',
    'conv.participation',
    'contact.address',
    'feedback.rating_due',
  ]) {
    expect((await pool.query(`select from ${table}`)).rowCount, table).toBe(0);
  }
  expect(await inThePool(heard)).toBe(0);
  expect((await pool.query('select from contact.suppression')).rowCount).toBe(1);
});

test('a wrong number is not written to again, whatever audience file names it later', async () => {
  await using heard = await openTestHeard();
  const consultation = await heard.launchFlow('chesham-park');
  const { world } = heard.heard;
  const invitees = [{ address: '+447700900101', source: 'Bury Youth Service' }];
  expect(await invite(world, consultation, invitees)).toMatchObject({ planned: 1, leftOut: 0 });
  expect((await heard.phone('+447700900101').text('wrong number'))[0]).toMatch(/^Sorry about that/);

  daysLater(heard, 3);
  expect(await remindSilentInvitees(world)).toBe(0);
  expect(await invite(world, consultation, invitees)).toMatchObject({ planned: 0, leftOut: 1 });
  const { rows } = await world.pool.query(
    'select state, reason from delivery.outbox where class = $1',
    ['invitation'],
  );
  expect(rows).toEqual([{ state: 'refused', reason: 'forgotten' }]);
  for (const table of ['conv.invitation', 'contact.address'])
    expect((await world.pool.query(`select from ${table}`)).rowCount, table).toBe(0);

  await heard.phone('+447700900101').text('START');
  expect((await heard.phone('+447700900101').text('PARK'))[0]).toContain('Bury Council here');
});

test('a page that was not meant for somebody is forgotten, and may be used again', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const page = heard.phone('a-web-session', 'web');
  expect((await page.text('wrong number'))[0]).toMatch(/^Sorry about that/);
  expect((await page.text('PARK'))[0]).toContain('Bury Council here');
});

test('DELETE after STOP takes the answers back, says so, and promises no more texts', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone('+447700900101');
  await answerThePark(phone);
  await phone.text('stop');
  expect(await inThePool(heard)).toBe(1);
  expect((await phone.text('DELETE'))[0]).toMatch(/^Done\. Your answers to .* are deleted\.$/);
  expect(await inThePool(heard)).toBe(0);
  expect((await phone.text('DELETE'))[0]).toMatch(/^We can't find answers of yours.*you said\.$/);
  expect((await phone.text('PARK')).join()).toBe('');
});

test('"who is this?" is answered with the council and what they joined, not with their answers', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone('+447700900101');
  await answerThePark(phone);
  const [said = ''] = await phone.text('who is this?');
  expect(said).toContain('This is Bury Council.');
  expect(said).toMatch(/You joined in on \S/);
  expect(said).not.toMatch(/ramp/i);
});
