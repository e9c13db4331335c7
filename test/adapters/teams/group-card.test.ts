/** The card of a consultation: the same for all, with a part that each sees and answers alone. */
import { describe, expect, test, vi } from 'vitest';
import { teamsPerson } from '../../support/teams/person.ts';
import { BOT, TENANT } from '../../support/teams/stand-in.ts';
import { GROUP } from './fake-group.ts';
import { groupForEachTest } from './group-for-each-test.ts';

const here = groupForEachTest();
const { standing, restart } = here;

describe('the card of a consultation', () => {
  test('says the promise to everyone, and asks to be refreshed for each member', async () => {
    const { text, cards } = await here.amal.inChat(GROUP).say('start park');
    expect(text).toContain('Chesham park');
    expect(text).toContain('We say why by 28 January.');
    expect(text).toContain('About 0 people here have finished.');
    expect(cards[0]?.refresh?.userIds).toEqual([here.amal.userId, here.ben.userId]);
  });

  test('each member sees their own part, and answers in it', async () => {
    await here.amal.inChat(GROUP).say('start park');
    const view = await here.amal.inChat(GROUP).look();
    expect(view.text).toContain('Nobody else in this chat can see this part.');
    expect(view.text).toContain("Your organisation's IT team may be able to see");
    const asked = await here.amal.inChat(GROUP).press('Answer');
    expect(here.group.inbounds.at(-1)).toMatchObject({
      address: here.amal.address,
      within: `chat:${GROUP}`,
      event: { kind: 'join', keyword: 'PARK' },
    });
    // Enough to open a chat of their own later; they have none yet.
    expect(JSON.parse(here.group.inbounds.at(-1)?.reference ?? '')).toEqual({
      channelId: 'msteams',
      serviceUrl: here.bot.teams.serviceUrl,
      conversation: { conversationType: 'personal', tenantId: TENANT },
      user: { id: here.amal.userId },
      bot: { id: BOT },
    });
    expect(asked.text).toContain('What would make the park better for you?');
    const done = await here.amal.inChat(GROUP).press('Send', { fields: { text: 'More bins' } });
    expect(here.group.inbounds.at(-1)?.event).toEqual({
      kind: 'text',
      text: 'More bins',
      target: { step: 'better', revision: 1 },
    });
    expect(here.group.inbounds.at(-1)?.reference).toBeUndefined();
    expect(done.text).toContain('You said: More bins');
    expect((await here.amal.inChat(GROUP).look()).text).toContain('All done, thanks!');
    expect((await here.ben.inChat(GROUP).look()).text).not.toContain('More bins');
    expect(JSON.stringify(standing())).not.toContain('More bins');
  });

  test('looking writes nothing', async () => {
    await here.amal.inChat(GROUP).say('start park');
    const before = standing();
    await here.amal.inChat(GROUP).look();
    await here.ben.inChat(GROUP).look();
    expect(here.group.inbounds).toEqual([]);
    expect(standing()).toEqual(before);
  });

  test('whoever has begun already is shown where they are', async () => {
    const chat = here.amal.inChat(GROUP);
    await chat.say('start park');
    await chat.look();
    await chat.press('Answer');
    await chat.say('start park');
    await chat.look();
    expect(chat.card().text).toContain('What would make the park better for you?');
    expect(here.group.inbounds.filter(({ event }) => event.kind === 'join')).toHaveLength(1);
  });

  test('more than sixty members: a button shows each of them their part', async () => {
    const crowd = Array.from({ length: 61 }, (_, i) => `29:member-${i}`);
    here.bot.teams.connector.chat(GROUP, { members: [here.amal.userId, ...crowd] });
    const { buttons, cards } = await here.amal.inChat(GROUP).say('start park');
    expect(cards[0]?.refresh?.userIds).toEqual([]);
    expect(buttons).toEqual(['Answer']);
    const view = await here.amal.inChat(GROUP).press('Answer');
    expect(view.buttons).toContain('Answer');
  });

  test('sixty members, on several pages, are all refreshed', async () => {
    const crowd = Array.from({ length: 60 }, (_, i) => `29:member-${i}`);
    here.bot.teams.connector.chat(GROUP, { members: [...crowd, BOT] });
    const { cards } = await here.amal.inChat(GROUP).say('start park');
    expect(cards[0]?.refresh?.userIds).toEqual(crowd);
  });

  test('when the members cannot be had the button is there', async () => {
    here.bot.teams.connector.faults.push({ status: 403 });
    const { buttons } = await here.amal.inChat(GROUP).say('start park');
    expect(buttons).toEqual(['Answer']);
  });

  test('the figures for everyone are renewed when somebody has finished, and hold no answer', async () => {
    const people = Array.from({ length: 5 }, (_, i) => teamsPerson(here.bot.teams, `member-${i}`));
    await here.amal.inChat(GROUP).say('start park');
    for (const [i, person] of people.entries()) {
      const chat = person.inChat(GROUP);
      await chat.press('Answer');
      await chat.press('Answer');
      await chat.press('Send', { fields: { text: `idea-${i}` } });
    }
    await vi.waitFor(() =>
      expect(JSON.stringify(standing())).toContain('About 5 people here have finished.'),
    );
    expect(JSON.stringify(standing())).not.toContain('idea-');
    expect(standing()).toHaveLength(1);
  });

  test('a card with old figures is renewed when it is looked at, once', async () => {
    await here.amal.inChat(GROUP).say('start park');
    here.group.change({ results: ['Skate ramp: about 40'], state: 'closed' });
    await here.amal.inChat(GROUP).look();
    await vi.waitFor(() => expect(standing()[0]?.updates).toBe(1));
    expect(JSON.stringify(standing())).toContain('Skate ramp: about 40');
    await here.ben.inChat(GROUP).look();
    await here.ben.inChat(GROUP).look();
    await here.amal.inChat(GROUP).say('help');
    expect(standing()[0]?.updates).toBe(1);
  });

  test('one that is closed shows its results and offers no answering', async () => {
    here.group.change({ state: 'closed', results: ['Skate ramp: about 40'] });
    const { answer: _, ...closed } = here.group.card();
    await restart({ inChat: async () => ({ posts: [{ kind: 'consultation', card: closed }] }) });
    const shown = await here.amal.inChat(GROUP).say('start park');
    expect(shown.text).toContain('Skate ramp: about 40');
    expect(shown.buttons).toEqual([]);
  });

  test('one that is gone is told so', async () => {
    await here.amal.inChat(GROUP).say('start park');
    const [card] = here.amal.inChat(GROUP).card().cards;
    const elsewhere = '19:elsewhere@thread.v2';
    here.bot.teams.connector.chat(elsewhere, { members: [] });
    await here.amal.inChat(elsewhere).say('start park');
    const shown = await here.amal.inChat(elsewhere).press('Answer', { card });
    expect(shown.text).toBe('There is nothing to answer here any more.');
  });

  test('a tap on someone else’s view acts for whoever taps, and shows them their own', async () => {
    await here.amal.inChat(GROUP).say('start park');
    await here.amal.inChat(GROUP).look();
    const asked = await here.amal.inChat(GROUP).press('Answer');
    await here.amal.inChat(GROUP).press('Send', { fields: { text: 'amals-idea' } });
    const stolen = await here.ben
      .inChat(GROUP)
      .press('Send', { card: asked.cards[0], fields: { text: 'bens-idea' } });
    expect(here.group.inbounds.at(-1)?.address).toBe(here.ben.address);
    expect(stolen.text).not.toContain('amals-idea');
  });

  test('a guest without an identity is shown the way to the web page', async () => {
    const guest = teamsPerson(here.bot.teams, 'visitor', { guest: true });
    await here.amal.inChat(GROUP).say('start park');
    const view = await guest.inChat(GROUP).press('Answer');
    expect(view.text).toContain('You can answer on our web page.');
    expect(view.links).toEqual(['https://heard.example/chat/park']);
    expect(here.group.inbounds).toEqual([]);
  });

  test('a tap that could not be stored can be tapped again; a look leaves the card as it is', async () => {
    await restart({
      receive: async () => {
        throw new Error('canary');
      },
    });
    await here.amal.inChat(GROUP).say('start park');
    await here.amal.inChat(GROUP).look();
    const { text, buttons } = await here.amal.inChat(GROUP).press('Answer');
    expect(text).toContain('Sorry, that did not get through.');
    expect(buttons).toEqual(['Try again']);
    await restart({
      desk: {
        ...here.group.desk,
        current: async () => {
          throw new Error('canary');
        },
      },
    });
    await here.amal.inChat(GROUP).say('start park');
    expect((await here.amal.inChat(GROUP).look()).status).toBe(500);
    expect(here.amal.inChat(GROUP).card().text).toContain('Chesham park');
  });
});
