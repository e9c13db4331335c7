/** The bot, and people, who come to a chat and leave it. */
import { describe, expect, test } from 'vitest';
import { activityIn, sender } from '../../support/teams/activity.ts';
import { BOT, TENANT } from '../../support/teams/stand-in.ts';
import { GROUP } from './fake-group.ts';
import { groupForEachTest } from './group-for-each-test.ts';

const here = groupForEachTest();

describe('the bot comes and goes', () => {
  const change = (more: object) =>
    here.bot.teams.deliver(
      activityIn(here.bot.teams, {
        from: sender(here.amal),
        conversation: { id: GROUP, conversationType: 'groupChat', tenantId: TENANT },
        channelData: { tenant: { id: TENANT } },
        ...more,
      }),
    );

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
    expect(here.group.chatInbounds).toMatchObject([{ chat: `chat:${GROUP}`, event: { kind } }]);
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
    expect(here.group.chatInbounds[0]).toMatchObject({
      chat: 'chat:19:deleted@thread.tacv2',
      event: { kind: 'removed' },
    });
  });

  test('people who come and go are nobody’s business', async () => {
    await change({ type: 'conversationUpdate', membersRemoved: [{ id: here.ben.userId }] });
    await change({ type: 'conversationUpdate', membersAdded: [{ id: here.ben.userId }] });
    expect(here.group.chatInbounds).toEqual([]);
  });
});
