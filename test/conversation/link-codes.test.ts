/** The codes that link: how they are read, how long they hold, and how hard they are to guess. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newLinkCode, readLinkCode } from '../../src/privacy/link-codes.ts';
import { codeOn, DISCORD, openHousehold } from './household.ts';

describe('codes', () => {
  test('are read however they are typed, and no other text is one', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.nat(20)),
        fc.constantFrom('', ' ', '-', '  '),
        (random, gap) => {
          const code = newLinkCode({ below: () => random.next().value });
          const letters = code.replace(' ', '');
          expect(readLinkCode(letters.toLowerCase().split('').join(gap))).toBe(letters);
          expect(letters).not.toMatch(/[01258BEILOSUVZA]/);
          expect(readLinkCode(letters.slice(1))).toBeUndefined();
        },
      ),
    );
  });

  test('are kept as a keyed hash only', async () => {
    await using heard = await openHousehold();
    const code = await codeOn(heard.sms);
    const { rows } = await heard.heard.world.pool.query<{ row: string }>(
      `select row_to_json(c)::text as row from conv.link_code c`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(code.replace(' ', ''));
    expect(rows[0]?.row).not.toContain(Buffer.from(code.replace(' ', '')).toString('hex'));
  });

  test('live for fifteen minutes, before they are typed and after', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    const late = await codeOn(sms);
    heard.minutesLater(15);
    expect((await discord.text(`link ${late}`))[0]).toContain('did not work');
    const code = await codeOn(sms);
    heard.minutesLater(14);
    expect((await discord.text(`link ${code}`))[0]).toContain('Link this');
    heard.minutesLater(16);
    await discord.text('yes');
    expect(await heard.links()).toBe(0);
  });

  test('work once, for whoever typed them first', async () => {
    await using heard = await openHousehold();
    const { sms, discord, teams } = heard;
    const code = await codeOn(sms);
    await discord.text(`link ${code}`);
    expect((await teams.text(`link ${code}`))[0]).toContain('did not work');
    await discord.text('yes');
    await teams.text(`link ${code}`);
    await teams.text('yes');
    expect(await heard.links()).toBe(2);
  });

  test('typed by two at once: one of them is asked', async () => {
    await using heard = await openHousehold();
    const { sms } = heard;
    const code = await codeOn(sms);
    const others = Array.from({ length: 8 }, (_, at) =>
      heard.phone(`8035111022467${at}`, 'discord'),
    );
    const said = await Promise.all(others.map((one) => one.text(`link ${code}`)));
    expect(said.filter(([text]) => text?.includes('Link this'))).toHaveLength(1);
  });

  test('a new one makes the one before void', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    const first = await codeOn(sms);
    await codeOn(sms);
    expect((await discord.text(`link ${first}`))[0]).toContain('did not work');
  });

  test('after five wrong ones the right one does not work either, for an hour', async () => {
    await using heard = await openHousehold();
    const { sms, discord, teams } = heard;
    for (let tries = 0; tries < 5; tries++)
      expect((await discord.text(`link CCCC 333${'34679'[tries]}`))[0]).toContain('did not work');
    const code = await codeOn(sms);
    expect((await discord.text(`link ${code}`))[0]).toContain('leave it for an hour');
    expect((await teams.text(`link ${code}`))[0]).toContain('Link this');
    heard.minutesLater(61);
    expect((await discord.text(`link ${await codeOn(sms)}`))[0]).toContain('Link this');
  });

  test('forty guesses at once count like forty one after the other', async () => {
    await using heard = await openHousehold();
    const { discord } = heard;
    await discord.text('hello');
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        heard.anotherNode()({
          channel: 'discord',
          address: DISCORD,
          messageId: `guess ${at}`,
          event: { kind: 'text', text: `link CCCC 33${34 + at}`.replaceAll(/[01258]/g, '7') },
        }),
      ),
    );
    expect(await heard.countOf('conv.link_try')).toBe(5);
  });

  test('one’s own code links nobody with themselves', async () => {
    await using heard = await openHousehold();
    const { sms } = heard;
    const code = await codeOn(sms);
    expect((await sms.text(`link ${code}`))[0]).toContain('for the other side');
    await sms.text('yes');
    expect(await heard.links()).toBe(0);
  });
});
