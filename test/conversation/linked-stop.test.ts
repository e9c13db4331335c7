/** STOP goes for all that is linked; START for the one channel that it is said on. */
import { describe, expect, test } from 'vitest';
import { bodyBinding } from '../../src/conversation/commit-turn.ts';
import { sealForDay } from '../../src/conversation/day-seal.ts';
import { plan } from '../../src/delivery/plan.ts';
import { type Household, linkUp, openHousehold, openHouseholdWithPark } from './household.ts';

describe('STOP', () => {
  async function stoppedOn(heard: Household): Promise<readonly string[]> {
    const { rows } = await heard.heard.world.pool.query<{ channel: string }>(
      'select channel from conv.person where stopped order by channel',
    );
    return rows.map(({ channel }) => channel);
  }

  test('on one is STOP on all that is linked, and says which', async () => {
    await using heard = await openHousehold();
    const { sms, discord, teams } = heard;
    await linkUp(sms, discord);
    await linkUp(sms, teams);
    const receipt = await discord.receipt({ kind: 'text', text: 'stop' });
    const [prompt] = receipt.kind === 'reply' ? receipt.prompts : [];
    expect(prompt?.text).toContain('That goes for Teams and texts too, which you linked.');
    expect(prompt?.text).toContain('brings back that one only');
    expect(prompt?.keys).toEqual([]);
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms', 'teams']);
  });

  test.each(['stop all', 'STOP everywhere'])('%s says and does the same', async (words) => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    expect((await sms.text(words))[0]).toContain('and Discord too, which you linked');
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
  });

  test('START brings back only the channel it is said on; STOP there stops it again', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    await discord.text('STOP');
    await sms.text('start');
    expect(await stoppedOn(heard)).toEqual(['discord']);
    expect((await discord.text('STOP'))[0]).toContain('That goes for texts too');
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
    expect(await discord.text('STOP')).toEqual([]);
  });

  test('on both in the same moment stops both', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    await Promise.all([sms.text('stop'), discord.text('stop')]);
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
  });

  test('takes back what is planned for the others', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    const { pool, keys, ambient } = heard.heard.world;
    const { rows } = await pool.query<{ id: string; channel: 'sms' | 'discord' }>(
      'select id, channel from conv.person',
    );
    for (const { id, channel } of rows) {
      const body = await sealForDay(keys, ambient.now(), '[]', bodyBinding(id));
      await plan(pool, [{ personId: id, channel, class: 'feedback', parts: 1, body }]);
    }
    await sms.text('stop');
    const taken = `delivery.outbox where class = 'feedback' and reason = 'opted-out'`;
    expect(await heard.countOf(taken)).toBe(2);
  });

  test('without a link it speaks of no other channel, and stops none', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await sms.text('hello');
    for (const words of ['stop', 'stop all']) {
      expect((await discord.text(words))[0]).not.toMatch(/linked|texts|Teams/);
      expect(await stoppedOn(heard)).toEqual(['discord']);
      await discord.text('start');
    }
  });

  test('after UNLINK it is STOP on that one alone', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    await sms.text('unlink');
    expect((await discord.text('stop'))[0]).not.toMatch(/linked|texts/);
    expect(await stoppedOn(heard)).toEqual(['discord']);
  });

  test('in the middle of a question it says the same, and what is half done goes', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    for (const text of ['PARK', 'go']) await discord.text(text);
    expect((await discord.text('STOP'))[0]).toContain('That goes for texts too, which you linked');
    expect(await heard.countOf('conv.conversation')).toBe(0);
  });

  test('ends what is half done on the other channel', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    for (const text of ['PARK', 'go']) await sms.text(text);
    await discord.text('stop');
    expect(await heard.countOf('conv.conversation')).toBe(0);
    expect(await heard.countOf('conv.participation')).toBe(0);
    expect(await heard.countOf('contact.suppression')).toBe(2);
  });

  test('holds for all also where the carrier answers it', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    await sms.receipt({ kind: 'handled-by-provider', command: 'stop' });
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
  });
});
