/** Writing first: whom it leaves out, what it costs, and in which hours. */
import { describe, expect, test } from 'vitest';
import { priceOfFeedback } from '../../src/conversation/feedback-price.ts';
import { priceOfInvitations } from '../../src/conversation/invitation-price.ts';
import { invite } from '../../src/conversation/invite.ts';
import { remindSilentInvitees } from '../../src/conversation/remind-invitees.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { remindDue } from '../../src/conversation/wake.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';
import { anotherFlow } from './another-flow.ts';
import { invitationsLeft, people } from './invited.ts';

const DAY = 86_400_000;
const TEXTS = {
  en: 'Bury Council: most picked the ramp.',
  pl: 'Rada: wygrała rampa. Zbudujemy ją w maju, bo tak zdecydowała radna. Dziękujemy wam.',
};

async function finish(heard: TestHeard, number: string, ...first: string[]): Promise<void> {
  for (const text of ['PARK', ...first, 'go', '1', 'skip']) await heard.phone(number).text(text);
}

async function rows(heard: TestHeard): Promise<readonly Record<string, unknown>[]> {
  const { pool } = heard.heard.world;
  return (await pool.query('select class, state, reason, hours from delivery.outbox order by id'))
    .rows;
}

describe('the price', () => {
  test('counts those who get it, and says why the others do not', async () => {
    await using heard = await openTestHeard({ HEARD_MODE: 'live', HEARD_CONTACT_CAP: '1' });
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    await heard.phone('+447700900101').text('STOP');
    expect(await invite(world, park, people(900102))).toMatchObject({ planned: 1 });
    const pool = await anotherFlow(heard, 'POOL');
    const flow = await world.flows.flow(pool.flow, pool.version);
    const all = people(900101, 900102, 900103, 900104);
    // A reply is settled a moment later: let it be, so that only the price could change anything.
    await heard.heard.world.ledger.flush();
    const before = await rows(heard);
    const price = await priceOfInvitations(world, flow, all);
    expect(price).toMatchObject({
      people: 2,
      leftOut: { 'opted-out': 1, 'contact-cap': 1 },
      languages: [{ language: 'en', people: 2, dear: [] }],
    });
    expect(price.parts).toBe(2 * (price.languages[0]?.parts ?? 0));
    expect(await rows(heard)).toEqual(before);
    const invited = await invite(world, pool, all);
    expect(invited).toMatchObject({ planned: 2, leftOut: 1, overContacted: 1 });
  });

  test('of feedback is told for each language, with what makes it dearer', async () => {
    await using heard = await openTestHeard({ HEARD_MODE: 'live' });
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await finish(heard, '+447700900102', 'po polsku');
    await finish(heard, '+447700900103');
    await heard.phone('+447700900103').text('STOP');
    const price = await priceOfFeedback(heard.heard.world, park, TEXTS);
    expect(price).toMatchObject({ people: 2, leftOut: { 'opted-out': 1 } });
    const polish = price.languages.find((one) => one.language === 'pl');
    expect(polish).toMatchObject({ people: 1, total: polish?.parts });
    expect(polish?.dear).toContain('ł');
    expect(price.languages.find((one) => one.language === 'en')?.dear).toEqual([]);
    const told = await tellParticipants(heard.heard.world, park, TEXTS, 'command line');
    expect(told).toMatchObject({ planned: 2 });
    const { rows: sums } = await heard.heard.world.pool.query<{ parts: number }>(
      `select sum(parts)::int as parts from delivery.outbox where class = 'feedback'`,
    );
    expect(sums[0]?.parts).toBe(price.parts);
  });

  test('of invitations is for the longest source in each language, and what is planned', async () => {
    await using heard = await openTestHeard({ HEARD_MODE: 'live' });
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    const flow = await world.flows.flow(park.flow, park.version);
    const longest = 'Bury and Ramsbottom Youth Club (Tuesday)';
    const invitees = [
      { address: '+447700900101', source: 'YMCA' },
      { address: '+447700900102', source: longest },
      { address: '+447700900103', source: 'YMCA' },
      { address: '+447700900104', source: 'YMCA', language: 'pl' },
    ];
    const price = await priceOfInvitations(world, flow, invitees);
    const alone = await priceOfInvitations(
      world,
      flow,
      [invitees[0]].flatMap((one) => one ?? []),
    );
    expect(alone.languages).toMatchObject([{ language: 'en', parts: 1, total: 1 }]);
    expect(price.languages).toMatchObject([
      { language: 'en', people: 3, parts: 2, total: 4, dear: [] },
      { language: 'pl', people: 1 },
    ]);
    await invite(world, park, invitees);
    const { rows: sums } = await world.pool.query<{ language: string; parts: number }>(
      `select c.prompts #>> '{0,language}' as language, sum(o.parts)::int as parts
       from delivery.outbox o join delivery.content c on c.id = o.content_id
       where o.class = 'invitation' group by 1 order by 1`,
    );
    expect(sums).toEqual(
      price.languages.map(({ language, total }) => ({ language, parts: total })),
    );
    expect(price.parts).toBe(sums.reduce((sum, one) => sum + one.parts, 0));
  });

  test('in trial mode is that of the guests', async () => {
    await using heard = await openTestHeard();
    const park = await heard.launchFlow('chesham-park');
    const { world } = heard.heard;
    await finish(heard, '+447700900101');
    await finish(heard, '+447700900102');
    await world.contacts.addGuest(world.pool, 'sms', '+447700900102');
    await world.contacts.addGuest(world.pool, 'sms', '+447700900105');
    expect(await priceOfFeedback(world, park, TEXTS)).toMatchObject({
      people: 1,
      leftOut: { trial: 1 },
    });
    const flow = await world.flows.flow(park.flow, park.version);
    expect(await priceOfInvitations(world, flow, people(900105, 900106))).toMatchObject({
      people: 1,
      leftOut: { trial: 1 },
    });
  });
});

test('what concerns adults only keeps their hours: invitations, both reminders, feedback', async () => {
  await using heard = await openTestHeard();
  const { world } = heard.heard;
  const adults = await anotherFlow(heard, 'ADULTS', '[18, 25]');
  await invite(world, adults, people(900101));
  await invitationsLeft(heard);
  await heard.phone('+447700900102').text('ADULTS');
  await heard.phone('+447700900102').text('go');
  heard.clock.now = new Date(heard.clock.now.getTime() + 3 * DAY);
  await remindSilentInvitees(world);
  await remindDue(world);
  await heard.phone('+447700900102').text('1');
  await heard.phone('+447700900102').text('skip');
  await tellParticipants(world, adults, TEXTS, 'command line');
  const begun = (await rows(heard)).filter((row) => row['class'] !== 'reply');
  expect(begun.map((row) => row['class'])).toEqual([
    'invitation',
    'reminder',
    'reminder',
    'feedback',
    'feedback',
  ]);
  expect(new Set(begun.map((row) => row['hours']))).toEqual(new Set(['adults']));
});

test('a long list has longer than a request to be planned, from its first statement on', async () => {
  await using heard = await openTestHeard();
  const { world } = heard.heard;
  const park = await heard.launchFlow('chesham-park');
  await world.pool.query(`
    create table allowed (milliseconds integer);
    create function note_allowed() returns trigger language plpgsql as $$
    begin
      insert into allowed select setting::integer from pg_settings where name = 'statement_timeout';
      return null;
    end $$;
    create trigger note_allowed after insert on conv.invitation
      for each statement execute function note_allowed();`);
  await invite(world, park, people(900101));
  const { rows: allowed } = await world.pool.query('select * from allowed');
  expect(allowed).toEqual([{ milliseconds: 15 * 60_000 }]);
});
