/** A chat that several people see: what is done in front of all, and what stays with each of them. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TeamsPorts } from '../../../adapters/teams/teams-options.ts';
import type { ChatReceipt, IssueCard } from '../../../src/shared-chat.ts';
import { type TeamsPerson, teamsPerson } from '../../support/teams/person.ts';
import { BOT, TENANT } from '../../support/teams/stand-in.ts';
import { type FakeGroup, fakeGroup, GROUP } from './fake-group.ts';
import { startTeamsBot, type TeamsBot } from './teams-bot.ts';

let group: FakeGroup;
let bot: TeamsBot;
let amal: TeamsPerson;
let ben: TeamsPerson;

beforeEach(async () => {
  await open();
});
afterEach(() => bot.close());

async function open(more: Partial<TeamsPorts> = {}): Promise<void> {
  group = fakeGroup();
  bot = await startTeamsBot({ ...group, ...more });
  amal = teamsPerson(bot.teams, 'amal');
  ben = teamsPerson(bot.teams, 'ben');
  bot.teams.connector.chat(GROUP, { members: [amal.userId, ben.userId, BOT] });
}

async function reopen(inChat: TeamsPorts['inChat']): Promise<void> {
  await bot.close();
  await open({ inChat });
}

function standing() {
  return bot.teams.connector.posted(GROUP);
}

describe('what is typed in front of all', () => {
  test.each([
    ['start PARK', { kind: 'start', keyword: 'PARK' }],
    ['START park', { kind: 'start', keyword: 'park' }],
    ['results', { kind: 'results' }],
    ['results park', { kind: 'results', keyword: 'park' }],
    ['promise', { kind: 'promise' }],
    ['raised', { kind: 'raised' }],
    ['help', { kind: 'help' }],
    ['/start park', { kind: 'start', keyword: 'park' }],
    ['Dechrau park', { kind: 'start', keyword: 'park' }],
    ['canlyniadau', { kind: 'results' }],
    ['Wyniki PARK', { kind: 'results', keyword: 'PARK' }],
    ['obietnica', { kind: 'promise' }],
    ['beth sydd wedi codi', { kind: 'raised' }],
    ['zgłoszenia', { kind: 'raised' }],
    ['شروع park', { kind: 'start', keyword: 'park' }],
    ['نتائج', { kind: 'results' }],
    ['وعدہ', { kind: 'promise' }],
    ['cymorth', { kind: 'help' }],
    ['raised hands', { kind: 'raised' }],
    ['promised', { kind: 'help' }],
    ['start', { kind: 'help' }],
    ['', { kind: 'help' }],
    ['what is this', { kind: 'help' }],
  ])('%j', async (typed, event) => {
    await amal.inChat(GROUP).say(typed);
    expect(group.chatInbounds).toHaveLength(1);
    expect(group.chatInbounds[0]).toMatchObject({
      channel: 'teams',
      chat: `chat:${GROUP}`,
      by: amal.address,
      language: 'en',
      event,
    });
    expect(group.inbounds).toEqual([]);
  });

  test('what is not said to the bot is not heard', async () => {
    await amal.inChat(GROUP).say('start park', { unmentioned: true });
    expect(group.chatInbounds).toEqual([]);
    expect(standing()).toEqual([]);
  });

  test('a thread is part of its channel, and the answer goes into the thread', async () => {
    const channel = '19:general@thread.tacv2';
    bot.teams.connector.chat(channel, { members: [] });
    await bot.teams.deliver({
      type: 'message',
      id: '1',
      channelId: 'msteams',
      serviceUrl: bot.teams.serviceUrl,
      from: { id: amal.userId, aadObjectId: amal.address.split('/')[1] },
      recipient: { id: BOT },
      conversation: { id: `${channel};messageid=99`, conversationType: 'channel' },
      channelData: { tenant: { id: TENANT } },
      text: '<at>Heard</at> start park',
      entities: [{ type: 'mention', mentioned: { id: BOT }, text: '<at>Heard</at>' }],
    });
    expect(group.chatInbounds[0]?.chat).toBe(`chat:${channel}`);
    expect(JSON.parse(group.chatInbounds[0]?.reference ?? '')).toMatchObject({
      conversation: { id: channel, conversationType: 'channel' },
    });
    expect(bot.teams.connector.calls.at(-1)?.path).toContain(encodeURIComponent(';messageid=99'));
  });

  test('what is for one person alone is said in their own chat, and not to all', async () => {
    const aside: ChatReceipt['aside'] = [
      { text: 'You cannot start this one.', input: { kind: 'none' }, keys: [], language: 'en' },
    ];
    await reopen(async () => ({ posts: [], aside }));
    await amal.inChat(GROUP).say('start park');
    expect(amal.chat().text).toBe('You cannot start this one.');
    expect(standing()).toEqual([]);
  });

  test('when nothing could be stored Teams is asked to come again', async () => {
    await reopen(async () => {
      throw new Error('canary');
    });
    expect((await amal.inChat(GROUP).say('results')).status).toBe(503);
    expect(bot.log.join()).not.toContain(amal.address);
  });
});

describe('the card of a consultation', () => {
  test('says the promise to everyone, and asks to be refreshed for each member', async () => {
    const { text, cards } = await amal.inChat(GROUP).say('start park');
    expect(text).toContain('Chesham park');
    expect(text).toContain('We say why by 28 January.');
    expect(text).toContain('About 0 people here have finished.');
    expect(cards[0]?.refresh?.userIds).toEqual([amal.userId, ben.userId]);
  });

  test('each member sees their own part, and answers in it', async () => {
    await amal.inChat(GROUP).say('start park');
    const view = await amal.inChat(GROUP).look();
    expect(view.text).toContain('Nobody else in this chat can see this part.');
    expect(view.text).toContain("Your organisation's IT team may be able to see");
    const asked = await amal.inChat(GROUP).press('Answer');
    expect(group.inbounds.at(-1)).toMatchObject({
      address: amal.address,
      within: `chat:${GROUP}`,
      event: { kind: 'join', keyword: 'PARK' },
    });
    // Enough to open a chat of their own later; they have none yet.
    expect(JSON.parse(group.inbounds.at(-1)?.reference ?? '')).toEqual({
      channelId: 'msteams',
      serviceUrl: bot.teams.serviceUrl,
      conversation: { conversationType: 'personal', tenantId: TENANT },
      user: { id: amal.userId },
      bot: { id: BOT },
    });
    expect(asked.text).toContain('What would make the park better for you?');
    const done = await amal.inChat(GROUP).press('Send', { fields: { text: 'More bins' } });
    expect(group.inbounds.at(-1)?.event).toEqual({
      kind: 'text',
      text: 'More bins',
      target: { step: 'better', revision: 1 },
    });
    expect(group.inbounds.at(-1)?.reference).toBeUndefined();
    expect(done.text).toContain('You said: More bins');
    expect((await amal.inChat(GROUP).look()).text).toContain('All done, thanks!');
    expect((await ben.inChat(GROUP).look()).text).not.toContain('More bins');
    expect(JSON.stringify(standing())).not.toContain('More bins');
  });

  test('looking writes nothing', async () => {
    await amal.inChat(GROUP).say('start park');
    const before = standing();
    await amal.inChat(GROUP).look();
    await ben.inChat(GROUP).look();
    expect(group.inbounds).toEqual([]);
    expect(standing()).toEqual(before);
  });

  test('whoever has begun already is shown where they are', async () => {
    const chat = amal.inChat(GROUP);
    await chat.say('start park');
    await chat.look();
    await chat.press('Answer');
    await chat.say('start park');
    await chat.look();
    expect(chat.card().text).toContain('What would make the park better for you?');
    expect(group.inbounds.filter(({ event }) => event.kind === 'join')).toHaveLength(1);
  });

  test('more than sixty members: a button shows each of them their part', async () => {
    const crowd = Array.from({ length: 61 }, (_, i) => `29:member-${i}`);
    bot.teams.connector.chat(GROUP, { members: [amal.userId, ...crowd] });
    const { buttons, cards } = await amal.inChat(GROUP).say('start park');
    expect(cards[0]?.refresh?.userIds).toEqual([]);
    expect(buttons).toEqual(['Answer']);
    const view = await amal.inChat(GROUP).press('Answer');
    expect(view.buttons).toContain('Answer');
  });

  test('sixty members, on several pages, are all refreshed', async () => {
    const crowd = Array.from({ length: 60 }, (_, i) => `29:member-${i}`);
    bot.teams.connector.chat(GROUP, { members: [...crowd, BOT] });
    const { cards } = await amal.inChat(GROUP).say('start park');
    expect(cards[0]?.refresh?.userIds).toEqual(crowd);
  });

  test('when the members cannot be had the button is there', async () => {
    bot.teams.connector.faults.push({ status: 403 });
    const { buttons } = await amal.inChat(GROUP).say('start park');
    expect(buttons).toEqual(['Answer']);
  });

  test('the figures for everyone are renewed when somebody has finished, and hold no answer', async () => {
    const people = Array.from({ length: 5 }, (_, i) => teamsPerson(bot.teams, `member-${i}`));
    await amal.inChat(GROUP).say('start park');
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
    await amal.inChat(GROUP).say('start park');
    group.change({ results: ['Skate ramp: about 40'], state: 'closed' });
    await amal.inChat(GROUP).look();
    await vi.waitFor(() => expect(standing()[0]?.updates).toBe(1));
    expect(JSON.stringify(standing())).toContain('Skate ramp: about 40');
    await ben.inChat(GROUP).look();
    await ben.inChat(GROUP).look();
    await amal.inChat(GROUP).say('help');
    expect(standing()[0]?.updates).toBe(1);
  });

  test('one that is closed shows its results and offers no answering', async () => {
    group.change({ state: 'closed', results: ['Skate ramp: about 40'] });
    const { answer: _, ...closed } = group.card();
    await reopen(async () => ({ posts: [{ kind: 'consultation', card: closed }] }));
    const shown = await amal.inChat(GROUP).say('start park');
    expect(shown.text).toContain('Skate ramp: about 40');
    expect(shown.buttons).toEqual([]);
  });

  test('one that is gone is told so', async () => {
    await amal.inChat(GROUP).say('start park');
    const [card] = amal.inChat(GROUP).card().cards;
    const elsewhere = '19:elsewhere@thread.v2';
    bot.teams.connector.chat(elsewhere, { members: [] });
    await amal.inChat(elsewhere).say('start park');
    const shown = await amal.inChat(elsewhere).press('Answer', { card });
    expect(shown.text).toBe('There is nothing to answer here any more.');
  });

  test('a tap on someone else’s view acts for whoever taps, and shows them their own', async () => {
    await amal.inChat(GROUP).say('start park');
    await amal.inChat(GROUP).look();
    const asked = await amal.inChat(GROUP).press('Answer');
    await amal.inChat(GROUP).press('Send', { fields: { text: 'amals-idea' } });
    const stolen = await ben
      .inChat(GROUP)
      .press('Send', { card: asked.cards[0], fields: { text: 'bens-idea' } });
    expect(group.inbounds.at(-1)?.address).toBe(ben.address);
    expect(stolen.text).not.toContain('amals-idea');
  });

  test('a guest without an identity is shown the way to the web page', async () => {
    const guest = teamsPerson(bot.teams, 'visitor', { guest: true });
    await amal.inChat(GROUP).say('start park');
    const view = await guest.inChat(GROUP).press('Answer');
    expect(view.text).toContain('You can answer on our web page.');
    expect(view.links).toEqual(['https://heard.example/chat/park']);
    expect(group.inbounds).toEqual([]);
  });

  test('a tap that could not be stored can be tapped again; a look leaves the card as it is', async () => {
    await bot.close();
    await open({
      receive: async () => {
        throw new Error('canary');
      },
    });
    await amal.inChat(GROUP).say('start park');
    await amal.inChat(GROUP).look();
    const { text, buttons } = await amal.inChat(GROUP).press('Answer');
    expect(text).toContain('Sorry, that did not get through.');
    expect(buttons).toEqual(['Try again']);
    await bot.close();
    await open({
      desk: {
        ...group.desk,
        current: async () => {
          throw new Error('canary');
        },
      },
    });
    await amal.inChat(GROUP).say('start park');
    expect((await amal.inChat(GROUP).look()).status).toBe(500);
    expect(amal.inChat(GROUP).card().text).toContain('Chesham park');
  });
});

describe('raising an issue', () => {
  const issue: IssueCard = {
    id: 'issue-1',
    language: 'en',
    text: 'The 17:40 bus is always full.\nSent to the council.',
    back: 'Back this',
  };

  test('is said to be seen by everyone, and posted by the button alone', async () => {
    const posted = vi.fn<TeamsPorts['inChat']>(async () => ({ posts: [{ kind: 'issue', issue }] }));
    await reopen(posted);
    const asked = await amal.inChat(GROUP).say('raise The 17:40 bus is full');
    expect(asked.text).toContain('Everyone in this chat will see what is posted here');
    expect(JSON.stringify(asked.cards)).toContain('The 17:40 bus is full');
    expect(posted).not.toHaveBeenCalled();
    await ben.inChat(GROUP).press('Post');
    expect(posted.mock.calls[0]?.[0]).toMatchObject({
      by: ben.address,
      event: { kind: 'raise', text: 'The 17:40 bus is full' },
    });
    expect(standing()).toHaveLength(1);
    expect(amal.inChat(GROUP).card().text).toContain('Sent to the council.');
  });

  test('in any language, with the words kept as they were typed', async () => {
    const asked = await amal.inChat(GROUP).say('Zgłoś  Autobus 17:40, zawsze pełny!');
    expect(JSON.stringify(asked.cards)).toContain('"Autobus 17:40, zawsze pełny!"');
  });

  test('without words it asks for them', async () => {
    await amal.inChat(GROUP).say('raise');
    const again = await amal.inChat(GROUP).press('Post', { fields: { issue: '  ' } });
    expect(again.text).toContain('What should the council hear?');
    expect(group.chatInbounds).toEqual([]);
  });

  test('the same press once more shows the posted issue, and posts nothing', async () => {
    let came = 0;
    await reopen(async () => {
      came += 1;
      return came === 1
        ? { posts: [{ kind: 'issue', issue }] }
        : { posts: [], standing: { ...issue, text: `${issue.text}\n2 people back this.` } };
    });
    await amal.inChat(GROUP).say('raise The bus');
    const [card] = amal.inChat(GROUP).card().cards;
    await amal.inChat(GROUP).press('Post', { card });
    const again = await ben.inChat(GROUP).press('Post', { card });
    expect(again.text).toContain('2 people back this.');
    expect(again.buttons).toContain('Back this');
    expect(standing()).toHaveLength(1);
    expect(amal.inChat(GROUP).card().text).toContain('2 people back this.');
  });

  test('two who press at once post one issue', async () => {
    await amal.inChat(GROUP).say('raise The bus');
    const [card] = amal.inChat(GROUP).card().cards;
    await Promise.all([
      amal.inChat(GROUP).press('Post', { card }),
      ben.inChat(GROUP).press('Post', { card }),
    ]);
    const [first, second] = group.chatInbounds.map(({ messageId }) => messageId);
    expect(first).toBe(second);
  });

  test('backing changes the card for everyone, and a second backing is told to one alone', async () => {
    const backed = { ...issue, text: `${issue.text}\n2 people back this.` };
    let aside: ChatReceipt['aside'] = [];
    await reopen(async ({ event }) => ({
      posts: [{ kind: 'issue', issue: event.kind === 'back' ? backed : issue }],
      ...(event.kind === 'back' ? { aside } : {}),
    }));
    await amal.inChat(GROUP).say('raised');
    await ben.inChat(GROUP).press('Back this');
    expect(amal.inChat(GROUP).card().text).toContain('2 people back this.');
    aside = [
      { text: 'You have backed this already.', input: { kind: 'none' }, keys: [], language: 'en' },
    ];
    const again = await ben.inChat(GROUP).press('Back this');
    expect(again.text).toContain('You have backed this already.');
    expect(amal.inChat(GROUP).card().text).not.toContain('You have backed this already.');
    expect(standing()).toHaveLength(1);
  });
});

describe('the bot comes and goes', () => {
  const change = (more: object) =>
    bot.teams.deliver({
      id: 'f:1',
      channelId: 'msteams',
      serviceUrl: bot.teams.serviceUrl,
      from: { id: amal.userId, aadObjectId: amal.address.split('/')[1] },
      recipient: { id: BOT },
      conversation: { id: GROUP, conversationType: 'groupChat', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      ...more,
    });

  test.each([
    ['added', { type: 'installationUpdate', action: 'add' }],
    ['removed', { type: 'installationUpdate', action: 'remove' }],
    ['removed', { type: 'conversationUpdate', membersRemoved: [{ id: BOT }] }],
    [
      'removed',
      {
        type: 'conversationUpdate',
        channelData: { tenant: { id: TENANT }, eventType: 'teamDeleted' },
      },
    ],
  ])('%s', async (kind, activity) => {
    expect((await change(activity)).status).toBe(200);
    expect(group.chatInbounds).toMatchObject([{ chat: `chat:${GROUP}`, event: { kind } }]);
  });

  test('a deleted channel is the one that is gone', async () => {
    await change({
      type: 'conversationUpdate',
      channelData: {
        tenant: { id: TENANT },
        eventType: 'channelDeleted',
        channel: { id: '19:deleted@thread.tacv2' },
      },
    });
    expect(group.chatInbounds[0]).toMatchObject({
      chat: 'chat:19:deleted@thread.tacv2',
      event: { kind: 'removed' },
    });
  });

  test('people who come and go are nobody’s business', async () => {
    await change({ type: 'conversationUpdate', membersRemoved: [{ id: ben.userId }] });
    await change({ type: 'conversationUpdate', membersAdded: [{ id: ben.userId }] });
    expect(group.chatInbounds).toEqual([]);
  });
});
