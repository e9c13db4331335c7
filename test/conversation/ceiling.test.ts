/** The spending ceiling: the money for telling people what happened is the last to run out. */
import { describe, expect, test } from 'vitest';
import type { Consultation } from '../../src/consultation/consultations.ts';
import { close } from '../../src/conversation/close.ts';
import { invite } from '../../src/conversation/invite.ts';
import { remindSilentInvitees } from '../../src/conversation/remind-invitees.ts';
import { keepToCeiling, roomOf, spending } from '../../src/conversation/spending.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { cancelBroadcast } from '../../src/delivery/broadcasts.ts';
import { deleteEnded } from '../../src/delivery/retention.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';
import { anotherFlow } from './another-flow.ts';
import { app, sendAll } from './app-outbox.ts';
import { invitationsLeft, people } from './invited.ts';

const DAY = 86_400_000;
/** A ceiling of 100 parts. */
const CEILING = {
  HEARD_MODE: 'live',
  HEARD_SMS_PART_PENCE: '10',
  HEARD_SPEND_CEILING_POUNDS: '10',
};
/** Three for the text, one for the question after it. */
const FEEDBACK = 4;

const several = (count: number, from: number) =>
  people(...Array.from({ length: count }, (_, at) => from + at));

async function finish(heard: TestHeard, number: string): Promise<void> {
  for (const text of ['PARK', 'go', '1', 'skip']) await heard.phone(number).text(text);
}

async function tell(heard: TestHeard, park: Consultation, text: string): Promise<string> {
  const told = await tellParticipants(heard.heard.world, park, { en: text }, 'command line');
  if (told.kind === 'refused') throw new Error(told.reason);
  return told.broadcast;
}

async function money(heard: TestHeard) {
  // A reply is settled a moment after it was handed over.
  await heard.heard.world.ledger.flush();
  const now = await spending(heard.heard.world);
  if (!now) throw new Error('no ceiling');
  return now;
}

/** As if replies since April had left so many parts beside what feedback needs. */
async function leave(heard: TestHeard, parts: number): Promise<void> {
  const { pool } = heard.heard.world;
  await pool.query('delete from delivery.spent');
  const { spent, planned, invitations, reserved, ceiling } = await money(heard);
  await pool.query(`insert into delivery.spent values (date_trunc('month', $1::date)::date, $2)`, [
    heard.clock.now,
    ceiling - spent - (planned - invitations) - reserved - parts,
  ]);
}

describe('the money for feedback', () => {
  test('is kept back for everyone who could take part, beside one reminder to the silent', async () => {
    await using heard = await openTestHeard(CEILING);
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    expect(await money(heard)).toEqual({
      spent: 0,
      planned: 0,
      invitations: 0,
      reminders: 0,
      reserved: 0,
      ceiling: 100,
    });
    await invite(world, park, people(900101, 900102, 900103));
    expect(await money(heard)).toMatchObject({ reserved: 3 * FEEDBACK, reminders: 3 });
    await finish(heard, '+447700900101');
    await finish(heard, '+447700900104');
    expect(await money(heard)).toMatchObject({ reserved: 4 * FEEDBACK, reminders: 2 });
    await heard.phone('+447700900102').text('STOP');
    expect(await money(heard)).toMatchObject({ reserved: 3 * FEEDBACK, reminders: 1 });
  });

  test('stays while answers are taken, whatever was told meanwhile, and goes with the feedback', async () => {
    await using heard = await openTestHeard(CEILING);
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await tell(heard, park, 'Bury Council: half of the answers are in.');
    expect(await money(heard)).toMatchObject({ reserved: FEEDBACK });
    heard.clock.now = new Date(heard.clock.now.getTime() + DAY);
    await close(heard.heard.world, park, 'command line');
    expect(await money(heard)).toMatchObject({ reserved: FEEDBACK });
    await tell(heard, park, 'Bury Council: most picked the ramp.');
    expect(await money(heard)).toMatchObject({ reserved: 0, planned: 4 });
  });

  test('stays where feedback was cancelled', async () => {
    await using heard = await openTestHeard(CEILING);
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await close(world, park, 'command line');
    await cancelBroadcast(world.pool, await tell(heard, park, 'Bury Council: the ramp.'));
    expect(await money(heard)).toMatchObject({ reserved: FEEDBACK, planned: 0 });
  });

  test('stays where there was nobody to tell, for whoever comes back', async () => {
    await using heard = await openTestHeard(CEILING);
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await heard.phone('+447700900101').text('STOP');
    await close(heard.heard.world, park, 'command line');
    await tell(heard, park, 'Bury Council: the ramp.');
    await heard.phone('+447700900101').text('START');
    expect(await money(heard)).toMatchObject({ reserved: FEEDBACK });
  });

  test('stays where trial mode told the guests alone, also when the rows of that are gone', async () => {
    await using heard = await openTestHeard(CEILING);
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await finish(heard, '+447700900102');
    await world.contacts.addGuest(world.pool, 'sms', '+447700900102');
    await close(world, park, 'command line');
    await tell(heard, park, 'Bury Council: the ramp.');
    await sendAll(heard, app('sms'), true);
    expect(await money(heard)).toMatchObject({ reserved: 2 * FEEDBACK });
    await world.pool.query('update delivery.outbox set ended_on = current_date - 8');
    await deleteEnded(world.pool);
    expect(await money(heard)).toMatchObject({ reserved: 2 * FEEDBACK });
    await tell(heard, park, 'Bury Council: it is the ramp.');
    expect(await money(heard)).toMatchObject({ reserved: 0 });
  });
});

describe('at the ceiling', () => {
  test('invitations stop for feedback that is planned as for what is owed', async () => {
    await using heard = await openTestHeard(CEILING);
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await close(world, park, 'command line');
    await tell(heard, park, 'Bury Council: the ramp.');
    const pool = await anotherFlow(heard, 'POOL');
    await invite(world, pool, people(900102));
    const { planned, invitations } = await money(heard);
    expect(planned - invitations).toBe(2);
    await leave(heard, invitations);
    expect(await keepToCeiling(world)).toBe('unchanged');
    await leave(heard, invitations - 1);
    expect(await keepToCeiling(world)).toBe('held');
  });

  test('invitations that wait stop when replies have eaten the room', async () => {
    await using heard = await openTestHeard(CEILING);
    const { world } = heard.heard;
    await invite(world, await heard.launchFlow('chesham-park'), people(900101, 900102));
    expect(await keepToCeiling(world)).toBe('unchanged');
    await leave(heard, 0);
    expect(roomOf(await money(heard))).toBeLessThan(0);
    expect(await keepToCeiling(world)).toBe('held');
    expect(await keepToCeiling(world)).toBe('unchanged');
    await leave(heard, 50);
    expect(await keepToCeiling(world)).toBe('let-go');
  });

  test('they go on only where all fits that leaves until the next look', async () => {
    await using heard = await openTestHeard({ ...CEILING, HEARD_SMS_PARTS_PER_SECOND: '0.1' });
    const { world } = heard.heard;
    await invite(world, await heard.launchFlow('chesham-park'), several(8, 900101));
    expect((await money(heard)).invitations).toBeGreaterThan(6);
    await leave(heard, 0);
    expect(await keepToCeiling(world)).toBe('held');
    await leave(heard, 5);
    expect(await keepToCeiling(world)).toBe('unchanged');
    await leave(heard, 6);
    expect(await keepToCeiling(world)).toBe('let-go');
  });

  test('reminders to the silent wait with them, and take no more than there is', async () => {
    await using heard = await openTestHeard(CEILING);
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    await invite(world, park, several(2, 900101));
    await invitationsLeft(heard);
    await invite(world, park, several(2, 900103));
    heard.clock.now = new Date(heard.clock.now.getTime() + 3 * DAY);
    await leave(heard, 1);
    expect(await keepToCeiling(world)).toBe('held');
    expect(await remindSilentInvitees(world)).toBe(0);
    await leave(heard, 5);
    expect(await keepToCeiling(world)).toBe('let-go');
    expect(await remindSilentInvitees(world)).toBe(1);
    await leave(heard, 50);
    expect(await remindSilentInvitees(world)).toBe(1);
    expect(await money(heard)).toMatchObject({ reminders: 2 });
  });

  test('of two lists that fit alone but not together, one is invited', async () => {
    await using heard = await openTestHeard(CEILING);
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    const pool = await anotherFlow(heard, 'POOL');
    const both = await Promise.all([
      invite(world, park, several(10, 900101)),
      invite(world, pool, several(10, 900201)),
    ]);
    expect(both.map((one) => one.kind).sort()).toEqual(['invited', 'too-dear']);
    expect(roomOf(await money(heard))).toBeGreaterThanOrEqual(0);
  });

  test('is none where none is set', async () => {
    await using heard = await openTestHeard({ HEARD_SMS_PART_PENCE: '10' });
    expect(await spending(heard.heard.world)).toBeUndefined();
    expect(await keepToCeiling(heard.heard.world)).toBe('unchanged');
  });
});
