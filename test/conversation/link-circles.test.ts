/** How many are linked with one another, and what takes somebody out again. */
import { describe, expect, test } from 'vitest';
import { keepPeople } from '../../src/conversation/retention.ts';
import { keepLinks } from '../../src/privacy/retention.ts';
import {
  answerThePark,
  codeOn,
  linkUp,
  openHousehold,
  openHouseholdWithPark,
} from './household.ts';

describe('circles', () => {
  test('a chain of three is one person, and linking again says so', async () => {
    await using heard = await openHousehold();
    const { sms, discord, teams } = heard;
    await linkUp(sms, discord);
    await linkUp(discord, teams);
    expect(await heard.countOf('(select distinct circle from conv.link) c')).toBe(1);
    expect(await heard.links()).toBe(3);
    expect((await sms.text(`link ${await codeOn(teams)}`))[0]).toContain('linked already');
  });

  test('two pairs become one circle of four', async () => {
    await using heard = await openHousehold();
    const { sms, discord, teams } = heard;
    const other = heard.phone('+447700900456');
    await linkUp(sms, discord);
    await linkUp(other, teams);
    await linkUp(discord, teams);
    expect(await heard.links()).toBe(4);
    expect(await heard.countOf('(select distinct circle from conv.link) c')).toBe(1);
  });

  test('a class does not fit', async () => {
    await using heard = await openHousehold();
    const { sms } = heard;
    let last = sms;
    for (let at = 0; at < 5; at++) {
      const pupil = heard.phone(`pupil ${at}`, 'discord');
      await linkUp(last, pupil);
      last = pupil;
    }
    const seventh = heard.phone('pupil 7', 'discord');
    expect((await seventh.text(`link ${await codeOn(last)}`))[0]).toContain('as many as we can');
  });

  test('UNLINK takes one out; who is left alone is linked with nobody', async () => {
    await using heard = await openHousehold();
    const { sms, discord, teams } = heard;
    await linkUp(sms, discord);
    await linkUp(discord, teams);
    expect((await teams.text('unlink'))[0]).toContain('linked with nothing now');
    expect(await heard.links()).toBe(2);
    await sms.text('UNLINK');
    expect(await heard.links()).toBe(0);
    expect((await discord.text('unlink'))[0]).toContain('Nothing is linked here');
  });

  test('forgetting a person removes the link, and only that person', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    await sms.text('wrong number');
    expect(await heard.links()).toBe(0);
    expect(await heard.countOf(`conv.person where channel = 'discord'`)).toBe(1);
  });

  test('retention keeps a link while either side takes part, and a month from its making', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord, teams } = heard;
    await answerThePark(sms);
    await linkUp(sms, discord);
    await linkUp(heard.phone('+447700900456'), teams);
    const { world } = heard.heard;
    const retained = async () => {
      await keepPeople(world).keep();
      await keepLinks(world.pool).keep();
    };
    await world.pool.query(
      `update delivery.outbox set state = 'refused', body_ct = null where state in ('planned', 'attempting')`,
    );
    await retained();
    expect(await heard.links()).toBe(4);
    heard.minutesLater(40 * 24 * 60);
    await retained();
    expect(await heard.links()).toBe(2);
    await world.pool.query('delete from conv.participation');
    await retained();
    expect(await heard.links()).toBe(0);
  });
});
