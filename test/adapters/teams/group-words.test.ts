/** What is typed to the bot in front of all, in every language. */
import { describe, expect, test } from 'vitest';
import type { ChatReceipt } from '../../../src/shared-chat.ts';
import { messageIn, sender } from '../../support/teams/activity.ts';
import { BOT, TENANT } from '../../support/teams/stand-in.ts';
import { GROUP } from './fake-group.ts';
import { groupForEachTest } from './group-for-each-test.ts';

const here = groupForEachTest();
const { standing, restart } = here;

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
    await here.amal.inChat(GROUP).say(typed);
    expect(here.group.chatInbounds).toHaveLength(1);
    expect(here.group.chatInbounds[0]).toMatchObject({
      channel: 'teams',
      chat: `chat:${GROUP}`,
      by: here.amal.address,
      language: 'en',
      event,
    });
    expect(here.group.inbounds).toEqual([]);
  });

  test('what is not said to the bot is not heard', async () => {
    await here.amal.inChat(GROUP).say('start park', { unmentioned: true });
    expect(here.group.chatInbounds).toEqual([]);
    expect(standing()).toEqual([]);
  });

  test('a thread is part of its channel, and the answer goes into the thread', async () => {
    const channel = '19:general@thread.tacv2';
    here.bot.teams.connector.chat(channel, { members: [] });
    await here.bot.teams.deliver(
      messageIn(here.bot.teams, {
        from: sender(here.amal),
        conversation: { id: `${channel};messageid=99`, conversationType: 'channel' },
        channelData: { tenant: { id: TENANT } },
        text: '<at>Heard</at> start park',
        entities: [{ type: 'mention', mentioned: { id: BOT }, text: '<at>Heard</at>' }],
      }),
    );
    expect(here.group.chatInbounds[0]?.chat).toBe(`chat:${channel}`);
    expect(JSON.parse(here.group.chatInbounds[0]?.reference ?? '')).toMatchObject({
      conversation: { id: channel, conversationType: 'channel' },
    });
    expect(here.bot.teams.connector.calls.at(-1)?.path).toContain(
      encodeURIComponent(';messageid=99'),
    );
  });

  test('what is for one person alone is said in their own chat, and not to all', async () => {
    const aside: ChatReceipt['aside'] = [
      { text: 'You cannot start this one.', input: { kind: 'none' }, keys: [], language: 'en' },
    ];
    await restart({ inChat: async () => ({ posts: [], aside }) });
    await here.amal.inChat(GROUP).say('start park');
    expect(here.amal.chat().text).toBe('You cannot start this one.');
    expect(standing()).toEqual([]);
  });

  test('when nothing could be stored Teams is asked to come again', async () => {
    await restart({
      inChat: async () => {
        throw new Error('canary');
      },
    });
    expect((await here.amal.inChat(GROUP).say('results')).status).toBe(503);
    expect(here.bot.log.join()).not.toContain(here.amal.address);
  });
});
