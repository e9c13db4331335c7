/** A person's own chat: what they type, and what they are told when they add the bot or remove it. */
import { describe, expect, test } from 'vitest';
import { messageIn, sender } from '../../support/teams/activity.ts';
import { teamsPerson } from '../../support/teams/person.ts';
import { BOT, TENANT } from '../../support/teams/stand-in.ts';
import { ONE, ownChatForEachTest, thanks } from './own-chat-for-each-test.ts';

const here = ownChatForEachTest();
const { receive, lastInbound, replying, restart } = here;

describe('typing', () => {
  test('the address is the person in their directory, and the reference leads back to the chat', async () => {
    await here.amal.say('park');
    expect(lastInbound()).toMatchObject({
      channel: 'teams',
      address: here.amal.address,
      event: { kind: 'text', text: 'park' },
    });
    expect(here.amal.address).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
    expect(JSON.parse(lastInbound()?.reference ?? '')).toEqual({
      channelId: 'msteams',
      serviceUrl: here.bot.teams.serviceUrl,
      conversation: {
        id: 'a:own-chat-of-amal',
        conversationType: 'personal',
        tenantId: TENANT,
      },
      bot: { id: BOT },
    });
    expect(lastInbound()?.within).toBeUndefined();
  });

  test('capital letters in ids make no second person', async () => {
    await here.bot.teams.deliver(
      messageIn(here.bot.teams, {
        from: { id: '29:1x', aadObjectId: sender(here.amal).aadObjectId?.toUpperCase() },
        conversation: { id: 'a:x', tenantId: TENANT.toUpperCase() },
      }),
    );
    expect(lastInbound()?.address).toBe(here.amal.address);
  });

  test('the same id in two chats is two messages', async () => {
    await here.amal.say('1', { id: '1700' });
    await teamsPerson(here.bot.teams, 'ben').say('1', { id: '1700' });
    const [first, second] = receive.mock.calls.map(([{ messageId }]) => messageId);
    expect(first).not.toBe(second);
  });

  test('a thanks is a text, shown as it is written', async () => {
    replying({ ...thanks, text: 'Thanks! *You* are [great](http://x)' });
    const { text, cards } = await here.amal.say('go');
    expect(text).toBe('Thanks! *You* are [great](http://x)');
    expect(cards).toEqual([]);
  });

  test('the reply is in the chat before Teams hears that all is done', async () => {
    const { handedOver } = replying(thanks);
    await here.amal.say('go');
    expect(handedOver).toHaveBeenCalledTimes(1);
    expect(here.amal.chat().text).toBe('Thanks!');
  });
});

describe('coming and going', () => {
  test('whoever adds the bot is told who helps, that IT may read along, and what is open', async () => {
    replying({ ...thanks, text: 'No questions waiting.' });
    const { text, buttons } = await here.amal.install();
    expect(lastInbound()?.event).toEqual({ kind: 'command', command: 'help' });
    // Something is: it stands below.
    expect(text).not.toContain('No questions waiting.');
    expect(text).toContain('Hello from Bury Council.');
    expect(text).toContain('Childline 0800 1111');
    expect(text).toContain(
      "Your organisation's IT team may be able to see what you type in Teams.",
    );
    expect(buttons).toEqual(['Chesham park']);
    await here.amal.press('Chesham park');
    expect(lastInbound()?.event).toEqual({ kind: 'join', keyword: 'PARK', language: 'en' });
  });

  test('with nothing open, or a question waiting, that is what they are told', async () => {
    replying(ONE);
    expect((await here.amal.install()).text).toContain('What should we build first?');
    await restart({ receive });
    replying({ ...thanks, text: 'No questions waiting.' });
    const { text, buttons } = await here.amal.install();
    expect(text).toContain('No questions waiting.');
    expect(buttons).toEqual([]);
  });

  test('whoever removes it is not written to any more, and hears nothing', async () => {
    const { text } = await here.amal.uninstall();
    expect(lastInbound()?.event).toEqual({ kind: 'handled-by-provider', command: 'stop' });
    expect(text).toBe('');
  });
});
