/** Who is linked is written to once: news and invitations come on one channel. */
import { describe, expect, test } from 'vitest';
import { consultationById } from '../../src/consultation/consultations.ts';
import {
  countReachable,
  leaveOutParticipants,
  listInvitees,
} from '../../src/conversation/recipients.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { withRecipients } from '../../src/delivery/recipients.ts';
import {
  answerThePark,
  type Household,
  linkUp,
  NUMBER,
  openHouseholdWithPark,
} from './household.ts';

describe('news comes once', () => {
  const texts = { en: 'Most picked the skate ramp. Work starts in May.' };

  async function told(heard: Household): Promise<readonly string[]> {
    const { world } = heard.heard;
    const { rows: all } = await world.pool.query<{ id: string }>(
      'select id from consultation.consultation',
    );
    const found = await consultationById(world.pool, all[0]?.id ?? '');
    if (!found) throw new Error('nothing was launched');
    const done = await tellParticipants(world, found, texts, 'command line');
    if (done.kind !== 'planned') throw new Error('not told');
    const { rows } = await world.pool.query<{ channel: string }>(
      `select channel from delivery.outbox where class = 'feedback' and ordinal = 0 order by channel`,
    );
    expect(done.planned).toBe(rows.length);
    return rows.map(({ channel }) => channel);
  }

  test('on the channel linked last, though they took part on another', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await answerThePark(sms);
    await linkUp(sms, discord);
    expect(await told(heard)).toEqual(['discord']);
  });

  test('once also where both took part before they were linked', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await answerThePark(sms);
    await answerThePark(discord);
    await linkUp(discord, sms);
    expect(await told(heard)).toEqual(['sms']);
  });

  test('where they came back on one only, on that one', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord, teams } = heard;
    await answerThePark(sms);
    await linkUp(sms, discord);
    await linkUp(sms, teams);
    await teams.text('stop');
    await discord.text('start');
    expect(await told(heard)).toEqual(['discord']);
  });

  test('not again in the same words on a channel that they link later', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await answerThePark(sms);
    expect(await told(heard)).toEqual(['sms']);
    await linkUp(sms, discord);
    await expect(told(heard)).rejects.toThrow('not told');
  });

  test('on both while nothing is linked', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await answerThePark(sms);
    await answerThePark(discord);
    expect(await told(heard)).toEqual(['discord', 'sms']);
  });
});

describe('invitations', () => {
  async function invited(heard: Household, ...phones: readonly string[]): Promise<number> {
    const { pool, contacts } = heard.heard.world;
    const { rows } = await pool.query<{ id: string }>('select id from consultation.consultation');
    const id = rows[0]?.id ?? '';
    const people = await contacts.enrolMany(
      pool,
      phones.map((address) => ({ channel: 'sms', address })),
    );
    return withRecipients(pool, (session) =>
      session.transaction(async (tx) => {
        await listInvitees(
          tx,
          people.map(({ person }) => ({ personId: person, wording: 'en' })),
        );
        await leaveOutParticipants(tx, id);
        return countReachable(tx);
      }),
    );
  }

  test('none where they take part on another channel, and one for two numbers of one person', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    const second = '+447700900456';
    expect(await invited(heard, NUMBER, second, '+447700900789')).toBe(3);
    await linkUp(sms, heard.phone(second));
    expect(await invited(heard, NUMBER, second, '+447700900789')).toBe(2);
    await linkUp(sms, discord);
    await discord.text('PARK');
    await discord.text('go');
    expect(await invited(heard, NUMBER, second, '+447700900789')).toBe(1);
  });
});
