/** Who is linked answers once, and takes back what they answered on either side. */
import { describe, expect, test } from 'vitest';
import { answerThePark, linkUp, openHousehold, openHouseholdWithPark } from './household.ts';

describe('asked once', () => {
  test('what is finished on one channel is not asked on the other', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await answerThePark(sms);
    await linkUp(sms, discord);
    expect((await discord.text('PARK'))[0]).toContain("You've taken part in Chesham park");
    expect((await discord.text('check'))[0]).toContain('Chesham park: you joined in');
  });

  test('what is under way on one is gone on with there', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await sms.text('PARK');
    await sms.text('go');
    await linkUp(sms, discord);
    expect(await discord.text('PARK')).toEqual([
      "You've started Chesham park already (texts). You can finish it there.",
    ]);
  });

  test('open on both when they were linked: the first to finish counts', async () => {
    await using heard = await openHousehold();
    const { id } = await heard.launchFlow('chesham-park');
    const { sms, discord } = heard;
    for (const phone of [sms, discord]) for (const text of ['PARK', 'go']) await phone.text(text);
    await linkUp(sms, discord);
    for (const text of ['1', 'skip']) await sms.text(text);
    expect((await discord.text('2'))[0]).toContain("You've taken part in");
    expect(await heard.countOf(`conv.participation where consultation_id = '${id}'`)).toBe(1);
    expect(await heard.countOf('conv.conversation')).toBe(0);
  });

  test('without a link nothing is joined', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await answerThePark(sms);
    expect((await discord.text('PARK')).join()).toContain('Bury Council here');
  });
});

describe('DELETE', () => {
  test('takes back what was answered on the other channel', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    await answerThePark(sms);
    await linkUp(sms, discord);
    expect((await discord.text('delete'))[0]).toContain('Your answers to Chesham park are deleted');
    expect((await sms.text('delete'))[0]).toContain("can't find answers");
  });

  test('takes back what is half done on the other channel', async () => {
    await using heard = await openHouseholdWithPark();
    const { sms, discord } = heard;
    for (const text of ['PARK', 'go', '1']) await sms.text(text);
    await linkUp(sms, discord);
    expect((await discord.text('delete'))[0]).toContain('What you answered so far is deleted');
    expect(await heard.countOf('conv.conversation')).toBe(0);
  });
});
