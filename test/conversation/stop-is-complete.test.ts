/** STOP deletes what is half done, for good, wherever it is said; on a page it ends the questions only. */
import { expect, test } from 'vitest';
import { linkUp, openHouseholdWithPark } from './household.ts';

const ERASED = `contact.erasure where what = 'conversation'`;

test('half-done answers are noted as deleted, so that no backup brings them back', async () => {
  await using heard = await openHouseholdWithPark();
  for (const text of ['PARK', 'go', '1', 'stop']) await heard.sms.text(text);
  expect(await heard.countOf('conv.conversation')).toBe(0);
  expect(await heard.countOf(ERASED)).toBe(1);
});

test('so are those on a linked channel', async () => {
  await using heard = await openHouseholdWithPark();
  const { sms, discord } = heard;
  await linkUp(sms, discord);
  for (const text of ['PARK', 'go', '1']) await discord.text(text);
  await sms.text('stop');
  expect(await heard.countOf('conv.conversation')).toBe(0);
  expect(await heard.countOf(ERASED)).toBe(1);
});

test('in the middle of one consultation it ends the invitations to all', async () => {
  await using heard = await openHouseholdWithPark();
  const vote = await heard.launchFlow('make-your-mark');
  await heard.sms.text('PARK');
  await heard.heard.world.pool.query(
    `insert into conv.invitation (person_id, consultation_id, invited_on)
     select id, $1, '2026-11-01' from conv.person`,
    [vote.id],
  );
  await heard.sms.text('stop');
  expect(await heard.countOf('conv.invitation')).toBe(0);
});

test('on a page nobody is written to: whoever stopped there may join in as before', async () => {
  await using heard = await openHouseholdWithPark();
  const page = heard.phone('a-session', 'web');
  expect((await page.text('stop'))[0]).toMatch(/^OK, we stop here/);
  expect(await heard.countOf('conv.person where stopped')).toBe(0);
  expect((await page.text('PARK'))[0]).toContain('Bury Council here');
});

test('who finished on another channel is not told that their chat ran out', async () => {
  await using heard = await openHouseholdWithPark();
  const { sms, discord } = heard;
  await linkUp(sms, discord);
  for (const text of ['PARK', 'go', '1', 'skip']) await discord.text(text);
  await heard.heard.world.pool.query(
    `insert into conv.participation (person_id, consultation_id, state, joined_on)
     select p.id, t.consultation_id, 'joined', t.joined_on
     from conv.person p, conv.participation t where p.channel = 'sms'`,
  );
  expect((await sms.text('hello there'))[0]).toMatch(/^Hi! No question is waiting/);
});
