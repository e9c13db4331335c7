/** One person on several channels: joined only by a code that they typed and said yes to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/channel.ts';
import { codeOn, linkUp, openHousehold, openHouseholdWithPark } from './household.ts';

function textOf(receipt: Receipt): string {
  return receipt.kind === 'reply' ? receipt.prompts.map(({ text }) => text).join('\n') : '';
}

describe('linking', () => {
  test('a code from one channel, typed on the other, and a yes', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    const code = await codeOn(sms);
    const [asks = ''] = await discord.text(`LINK ${code}`);
    expect(asks).toContain('Link this with your texts?');
    expect(asks).toContain('we know that both are you');
    expect(await heard.links()).toBe(0);
    expect((await discord.text('yes'))[0]).toContain('news comes here');
    expect(await heard.links()).toBe(2);
  });

  test('by command and button, as in an app: nothing typed there is ever an answer', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    for (const text of ['PARK', 'go', '1']) await discord.text(text);
    const wrong = await discord.receipt({ kind: 'command', command: 'link', code: 'hello there' });
    expect(textOf(wrong)).toContain('that code did not work');
    const code = await codeOn(sms);
    const asks = await discord.receipt({ kind: 'command', command: 'link', code });
    expect(textOf(asks)).toContain('Link this with your texts?');
    const [prompt] = asks.kind === 'reply' ? asks.prompts : [];
    expect(prompt?.keys).toEqual([{ command: 'go', label: 'Yes' }]);
    const { target } = prompt ?? {};
    if (target === undefined) throw new Error('The button says nothing of what it stands beside');
    const yes = { kind: 'command', command: 'go', target } as const;
    expect(textOf(await discord.receipt(yes))).toContain('To undo it: /unlink');
    expect(await heard.links()).toBe(2);
    expect(textOf(await discord.receipt(yes))).toContain('that code did not work');
    expect(await heard.countOf('conv.conversation')).toBe(1);
  });

  test('a button that began something else is no yes to linking', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await discord.text('PARK');
    await discord.text(`LINK ${await codeOn(sms)}`);
    await discord.receipt({ kind: 'command', command: 'go' });
    expect(await heard.links()).toBe(0);
  });

  test('the channel that gave the code is told', async () => {
    await using heard = await openHousehold();
    const { sms, discord } = heard;
    await linkUp(sms, discord);
    expect(await heard.countOf(`delivery.outbox where channel = 'sms' and state = 'planned'`)).toBe(
      1,
    );
  });

  test('a yes is understood in every language', async () => {
    await using heard = await openHousehold();
    const { sms } = heard;
    for (const [at, yes] of ['go', 'YES', 'tak', 'ie', 'ہاں'].entries()) {
      const newcomer = heard.phone(`newcomer ${at}`, 'discord');
      await newcomer.text(`link ${await codeOn(sms)}`);
      await newcomer.text(yes);
      expect([yes, await heard.links()]).toEqual([yes, 2]);
      await newcomer.text('unlink');
      heard.minutesLater(61);
    }
  });

  test('anything else is no yes, and a yes after it is none either', async () => {
    await using heard = await openHouseholdWithPark();
    for (const other of ['no', 'help', 'PARK', 'hello', 'my dad hits me', 'stop']) {
      const newcomer = heard.phone(`says ${other}`, 'discord');
      const code = await codeOn(heard.phone(`knows ${other}`, 'teams'));
      await newcomer.text(`link ${code}`);
      await newcomer.text(other);
      await newcomer.text('yes');
      expect([other, await heard.links()]).toEqual([other, 0]);
      await newcomer.text('start');
      expect((await newcomer.text(`link ${code}`))[0]).toContain('did not work');
    }
  });

  test('in the middle of a question: the yes links, and answers nothing', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await discord.text('PARK');
    const code = await codeOn(sms);
    expect((await discord.text(`link ${code}`)).join()).toContain('Link this with your texts?');
    const said = await discord.text('yes');
    expect(said[0]).toContain('Linked, thanks');
    expect(said.at(-1)).toContain('999');
    expect((await discord.text('go')).join()).toContain('1 of 2');
  });

  test('the page has nothing to link', async () => {
    await using heard = await openHousehold();
    const page = heard.phone('a session', 'web');
    expect(await page.text('link')).toEqual([
      'There is nothing to link here: this page does not know who you are.',
    ]);
    const { sms } = heard;
    await page.text(`link ${await codeOn(sms)}`);
    await page.text('yes');
    expect(await heard.links()).toBe(0);
    expect(await heard.countOf('conv.link_code where typed_by is not null')).toBe(0);
  });

  test('a sentence that begins with the word is an answer like any other', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms } = heard;
    for (const text of ['PARK', 'go', '1']) await sms.text(text);
    expect((await sms.text('link road for bikes')).join()).toContain('All done');
  });
});

test('without a code, typed and confirmed, no two people are ever linked', async () => {
  await using heard = await openHouseholdWithPark();
  const said = fc.constantFrom(
    'link',
    'yes',
    'go',
    'unlink',
    'PARK',
    '1',
    'stop',
    'start',
    'link CCCC 3333',
    'delete',
    'stop all',
  );
  const turn = fc.record({ who: fc.nat(3), text: said });
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 12 }), async (turns) => {
      for (const { who, text } of turns) {
        const channel = who % 2 === 0 ? 'discord' : 'teams';
        await heard.phone(`person ${who}`, channel).text(text);
      }
      expect(await heard.links()).toBe(0);
    }),
    { numRuns: 12, seed: 20261122 },
  );
});
