/** Telling everyone what happened, and what a web session may leave behind. */
import { describe, expect, test } from 'vitest';
import { createChatDesk } from '../../src/conversation/chat-desk.ts';
import { invite } from '../../src/conversation/invite.ts';
import { createListeners } from '../../src/conversation/listeners.ts';
import { remindSilentInvitees } from '../../src/conversation/remind-invitees.ts';
import { countRatings } from '../../src/conversation/score.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';
import { daysLater } from './invited.ts';

const TEXTS = { en: 'Bury Council: most picked the ramp.', pl: 'Bury Council: wygrała rampa.' };

async function finish(heard: TestHeard, number: string, ...first: string[]): Promise<void> {
  for (const text of ['PARK', ...first, 'go', '1', 'skip']) await heard.phone(number).text(text);
}

async function planned(heard: TestHeard, kind: string): Promise<readonly string[]> {
  const { rows } = await heard.heard.world.pool.query<{ said: string }>(
    `select c.prompts->0->>'text' as said from delivery.outbox o
     join delivery.content c on c.id = o.content_id where o.class = $1 order by o.id`,
    [kind],
  );
  return rows.map((row) => row.said);
}

describe('feedback', () => {
  test('is the same text for all, in the language of each, with one question back', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await finish(heard, '+447700900102', 'po polsku');
    await heard.phone('+447700900103').text('PARK');
    const told = await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line');
    expect(told).toMatchObject({ kind: 'planned', planned: 2 });
    const said = await planned(heard, 'feedback');
    expect(said).toHaveLength(4);
    expect(new Set(said)).toContain(TEXTS.en);
    expect(new Set(said)).toContain(TEXTS.pl);
  });

  test('a score is counted once, and only with others', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const numbers = Array.from({ length: 6 }, (_, at) => `+44770090020${at}`);
    for (const number of numbers) await finish(heard, number);
    const { world } = heard.heard;
    await tellParticipants(world, consultation, TEXTS, 'command line');
    const [first = '', ...others] = numbers;
    expect(await heard.phone(first).text('5')).toHaveLength(1);
    expect(await countRatings(world)).toBe(0);
    for (const number of others.slice(0, 4)) await heard.phone(number).text('4');
    expect(await countRatings(world)).toBe(5);
    const { rows } = await world.pool.query(
      'select score, count from feedback.rating order by score',
    );
    expect(rows).toEqual([
      { score: 4, count: 4 },
      { score: 5, count: 1 },
    ]);
    expect((await heard.phone(first).text('5')).join()).not.toContain('Thank');
  });
});

describe('invitations', () => {
  test('say who gave us the number; GO joins', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const { world } = heard.heard;
    const invitees = ['+447700900301', '+447700900302', '+447700900303'].map((address) => ({
      address,
      source: 'Bury Youth Service',
    }));
    await heard.phone('+447700900303').text('STOP');
    expect(await invite(world, consultation, invitees)).toMatchObject({ planned: 2, leftOut: 1 });
    expect((await planned(heard, 'invitation')).every((said) => said.includes('Bury Youth'))).toBe(
      true,
    );
    expect(await heard.phone('+447700900301').text('GO')).toHaveLength(2);
  });
});

describe('a web session', () => {
  test('a number left there is kept apart, and cannot take part again', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const web = heard.phone('a-web-session', 'web');
    const desk = createChatDesk(heard.heard.world, createListeners());
    await web.receipt({ kind: 'join', keyword: 'park', language: 'en' });
    await web.receipt({ kind: 'command', command: 'go' });
    await web.text('1');
    await web.text('skip');
    expect(await desk.follow('a-web-session', '07700 900404')).toBe('kept');
    expect(await desk.follow('a-web-session', 'hello')).toBe('bad-number');
    expect((await heard.phone('+447700900404').text('PARK')).join()).toContain('taken part');
    const { rows } = await heard.heard.world.pool.query<{ state: string }>(
      'select state from conv.participation order by state',
    );
    expect(rows.map((row) => row.state)).toEqual(['done', 'follows']);
  });

  test('after "finish and clear" nothing of it can be seen', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const web = heard.phone('a-shared-device', 'web');
    const desk = createChatDesk(heard.heard.world, createListeners());
    await web.receipt({ kind: 'join', keyword: 'park', language: 'en' });
    await web.receipt({ kind: 'command', command: 'go' });
    await heard.heard.world.ledger.flush();
    expect((await desk.current('a-shared-device'))?.prompts[0]?.text).toContain('build first');
    await desk.clear('a-shared-device');
    expect(await desk.current('a-shared-device')).toBeUndefined();
    const { rows } = await heard.heard.world.pool.query('select from conv.conversation');
    expect(rows).toEqual([]);
  });
});

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
  await finish(heard, '+447700900101');
  const phone = heard.phone('+447700900101');
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
  await finish(heard, '+447700900101');
  const phone = heard.phone('+447700900101');
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
  await finish(heard, '+447700900101');
  const [said = ''] = await heard.phone('+447700900101').text('who is this?');
  expect(said).toContain('This is Bury Council.');
  expect(said).toMatch(/You joined in on \S/);
  expect(said).not.toMatch(/ramp/i);
});
