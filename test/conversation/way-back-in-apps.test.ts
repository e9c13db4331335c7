/** The way back to somebody in an app: where they were met, which is where they are written to. */
import { expect, test } from 'vitest';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { member, rows } from './app-member.ts';
import { app, sendAll, TEXTS } from './app-outbox.ts';

test('the way back is kept with the address, and the newest one is used', async () => {
  await using heard = await openTestHeard();
  const consultation = await heard.launchFlow('chesham-park');
  const teams = app('teams');
  const person = member(heard, 'tenant/person', { channel: 'teams' });
  await person.does({ kind: 'command', command: 'help' }, { reference: 'before joining' });
  expect(await rows(heard, 'contact.address')).toBe(0);
  await person.does({ kind: 'join', keyword: 'PARK' }, { reference: 'in the meeting' });
  await person.tap('go');
  await person.does({ kind: 'text', text: 'ramp' }, { reference: 'alone' });
  await person.command('skip');
  await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line');
  await sendAll(heard, teams);
  expect(teams.sent.map(({ reference }) => reference)).toEqual(['alone', 'alone']);
  const { rows: kept } = await heard.heard.world.pool.query<{ ct: Buffer }>(
    'select reference_ct as ct from contact.address',
  );
  expect(kept[0]?.ct.includes('alone')).toBe(false);
});

test('somebody met before they joined in a meeting is written to where they were met', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const person = member(heard, 'tenant/met-before', { channel: 'teams' });
  const alone = { reference: 'their own chat' };
  await person.does({ kind: 'command', command: 'help' }, alone);
  await person.does({ kind: 'join', keyword: 'PARK' }, { within: 'chat:a-meeting' });
  await person.does({ kind: 'command', command: 'help' }, alone);
  const { pool, contacts } = heard.heard.world;
  const { rows: kept } = await pool.query<{ id: string }>(
    `select person_id as id from contact.address join conv.conversation using (person_id)`,
  );
  const ids = kept.map(({ id }) => id);
  expect([...(await contacts.addressOf(pool, ids)).values()]).toMatchObject([alone]);
});
