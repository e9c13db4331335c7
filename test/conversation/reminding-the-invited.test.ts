/** Who is reminded of an invitation, and who must never be. */
import { describe, expect, test } from 'vitest';
import { sweeps } from '../../src/app/tasks.ts';
import { close } from '../../src/conversation/close.ts';
import { priceOfInvitations } from '../../src/conversation/invitation-price.ts';
import { invite } from '../../src/conversation/invite.ts';
import { remindSilentInvitees } from '../../src/conversation/remind-invitees.ts';
import { cancelBroadcast, pauseBroadcast, resumeBroadcast } from '../../src/delivery/broadcasts.ts';
import { holdCap } from '../../src/delivery/contact-cap.ts';
import { transaction } from '../../src/platform/postgres.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { linkUp } from './household.ts';
import { begun, daysLater, invitationsLeft, invitedIn, people, wereSent } from './invited.ts';

const LIVE = { HEARD_MODE: 'live' };

/** A Monday, in the hours of young people; so is every day of that week at the same time. */
async function park(env: Readonly<Record<string, string>> = LIVE) {
  const heard = await openTestHeard(env);
  return { ...heard, consultation: await heard.launchFlow('chesham-park') };
}

describe('what became of the invitation', () => {
  test('who has had it and is silent is reminded once', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301, 900302));
    await invitationsLeft(heard);
    await heard.phone('+447700900301').text('GO');
    await heard.phone('+447700900301').text('GO');
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(1);
    expect(await remindSilentInvitees(world)).toBe(0);
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
    expect((await begun(heard)).filter((one) => one.startsWith('reminder'))).toEqual([
      'reminder planned',
    ]);
  });

  test('what waits or is paused is not reminded of, and then so long after it left', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    const broadcast = await invitedIn(heard, heard.consultation, 900301);
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
    await pauseBroadcast(world.pool, broadcast);
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
    await resumeBroadcast(world.pool, broadcast);
    await invitationsLeft(heard, { daysAgo: 1 });
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
    await wereSent(heard, 2);
    // Times to look are kept to the hour.
    heard.clock.now = new Date('2026-11-12T17:00:00Z');
    expect(await remindSilentInvitees(world)).toBe(1);
  });

  test('who never had it hears nothing: it was cancelled, or refused in trial mode', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    await cancelBroadcast(world.pool, await invitedIn(heard, heard.consultation, 900301));
    await invite(world, heard.consultation, people(900302));
    await invitationsLeft(heard, { trial: true });
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
    daysLater(heard, 30);
    expect(await remindSilentInvitees(world)).toBe(0);
    expect(await begun(heard)).toEqual([
      'invitation refused cancelled',
      'invitation refused trial',
    ]);
  });

  test.each(['unknown', 'failed', 'undelivered'])('who may not have had it: %s', async (state) => {
    await using heard = await park();
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301));
    await invitationsLeft(heard);
    await world.pool.query(
      `update delivery.outbox set state = $1, was_accepted = $1 = 'undelivered'`,
      [state],
    );
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
    // A report that comes late shows that an unknown one arrived after all.
    await world.pool.query(`update delivery.outbox set state = 'delivered', was_accepted = true`);
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(state === 'unknown' ? 1 : 0);
  });
});

describe('who has answered since', () => {
  test('nothing is planned while the hours are closed, nor for who begins meanwhile', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301, 900302));
    await invitationsLeft(heard);
    heard.clock.now = new Date('2026-11-05T03:00:00Z');
    expect(await remindSilentInvitees(world)).toBe(0);
    heard.clock.now = new Date('2026-11-05T19:25:00Z');
    expect(await remindSilentInvitees(world)).toBe(0);
    await heard.phone('+447700900301').text('PARK');
    heard.clock.now = new Date('2026-11-06T16:05:00Z');
    expect(await remindSilentInvitees(world)).toBe(1);
  });

  test('what still waits is taken back from who begins, and only what is about the same', async () => {
    await using heard = await park({ ...LIVE, HEARD_CONTACT_CAP: '3' });
    const { world } = heard.heard;
    const mark = await heard.launchFlow('make-your-mark');
    await invite(world, heard.consultation, people(900301, 900302));
    await invitationsLeft(heard);
    await invite(world, mark, people(900301));
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(2);
    await heard.phone('+447700900301').text('PARK');
    expect((await begun(heard)).toSorted()).toEqual([
      'invitation accepted',
      'invitation accepted',
      'invitation planned',
      'reminder planned',
      'reminder refused takes-part',
    ]);
  });

  test('a waiting invitation does not go to who came by the poster, on any linked channel', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    const [first, second] = [heard.phone('+447700900301'), heard.phone('+447700900302')];
    await invite(world, heard.consultation, people(900301, 900302, 900303));
    await linkUp(first, second);
    for (const text of ['PARK', 'go']) await first.text(text);
    expect((await begun(heard)).toSorted()).toEqual([
      'invitation planned',
      'invitation refused takes-part',
      'invitation refused takes-part',
    ]);
  });

  test('nor to the other channel of who began before the two were linked', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    const mark = await heard.launchFlow('make-your-mark');
    const [first, second] = [heard.phone('+447700900301'), heard.phone('+447700900302')];
    for (const text of ['PARK', 'go']) await first.text(text);
    await invite(world, heard.consultation, people(900302));
    await invite(world, mark, people(900302));
    await linkUp(first, second);
    expect((await begun(heard)).toSorted()).toEqual([
      'invitation planned',
      'invitation refused takes-part',
    ]);
  });

  test('nobody is reminded on one number of what they do on another', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301));
    await invitationsLeft(heard);
    await heard.phone('+447700900302').text('PARK');
    await linkUp(heard.phone('+447700900301'), heard.phone('+447700900302'));
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
  });
});

describe('closing', () => {
  test('stops invitations that run, wait for their time or are paused, and reminders', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    const mark = await heard.launchFlow('make-your-mark');
    await invite(world, heard.consultation, people(900301));
    await invitationsLeft(heard);
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(1);
    await invite(world, heard.consultation, people(900302));
    await invite(world, heard.consultation, people(900303), new Date('2027-01-20T16:30:00Z'));
    await pauseBroadcast(world.pool, await invitedIn(heard, heard.consultation, 900304));
    await invite(world, mark, people(900305));
    await close(world, heard.consultation, 'command line');
    expect(await begun(heard)).toEqual([
      'invitation accepted',
      'reminder refused closed',
      'invitation refused cancelled',
      'invitation refused cancelled',
      'invitation refused cancelled',
      'invitation planned',
    ]);
  });
});

test('an invitation that was being planned while its consultation closed goes no further', async () => {
  await using heard = await park();
  const { world } = heard.heard;
  await close(world, heard.consultation, 'command line');
  await invite(world, heard.consultation, people(900301));
  await sweeps(heard.heard)['broadcasts']?.(new AbortController().signal);
  expect(await begun(heard)).toEqual(['invitation refused cancelled']);
});

describe('the cap', () => {
  test('a reminder over it does not go, and is counted with its reason', async () => {
    await using heard = await park({ ...LIVE, HEARD_CONTACT_CAP: '1' });
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301));
    await invitationsLeft(heard);
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(0);
    expect(await begun(heard)).toEqual(['invitation accepted', 'reminder refused contact-cap']);
  });

  test('two reminders that are due together find room for one', async () => {
    await using heard = await park({ ...LIVE, HEARD_CONTACT_CAP: '3' });
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301));
    await invite(world, await heard.launchFlow('make-your-mark'), people(900301));
    await invitationsLeft(heard);
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(1);
    expect((await begun(heard)).slice(2).toSorted()).toEqual([
      'reminder planned',
      'reminder refused contact-cap',
    ]);
  });

  test('two numbers of one person are one, within one page', async () => {
    await using heard = await park({ ...LIVE, HEARD_CONTACT_CAP: '3' });
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301, 900302));
    await invitationsLeft(heard);
    await linkUp(heard.phone('+447700900301'), heard.phone('+447700900302'));
    daysLater(heard, 3);
    expect(await remindSilentInvitees(world)).toBe(1);
  });

  test('an invitation to one number counts for the other, for the price as for the launch', async () => {
    await using heard = await park({ ...LIVE, HEARD_CONTACT_CAP: '1' });
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301));
    await linkUp(heard.phone('+447700900301'), heard.phone('+447700900302'));
    const mark = await heard.launchFlow('make-your-mark');
    const flow = await world.flows.flow(mark.flow, mark.version);
    expect(await priceOfInvitations(world, flow, people(900302, 900303))).toMatchObject({
      people: 1,
      leftOut: { 'contact-cap': 1 },
    });
    expect(await invite(world, mark, people(900302, 900303))).toMatchObject({
      planned: 1,
      overContacted: 1,
    });
  });

  test('while a launch is planned beside them, reminders wait, and then count what it planned', async () => {
    await using heard = await park();
    const { world } = heard.heard;
    await invite(world, heard.consultation, people(900301));
    await invitationsLeft(heard);
    const mark = await heard.launchFlow('make-your-mark');
    daysLater(heard, 3);
    await transaction(world.pool, async (tx) => {
      await holdCap(tx);
      expect(await remindSilentInvitees(world)).toBe(0);
    });
    expect(await invite(world, mark, people(900301))).toMatchObject({ planned: 1 });
    expect(await remindSilentInvitees(world)).toBe(0);
    expect(await begun(heard)).toEqual([
      'invitation accepted',
      'invitation planned',
      'reminder refused contact-cap',
    ]);
  });
});
