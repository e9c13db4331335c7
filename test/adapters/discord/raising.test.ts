/** Raising an issue in front of everyone in a server, and backing one. */
import { describe, expect, test } from 'vitest';
import type { Post } from '../../../src/shared-chat.ts';
import { statement } from '../../support/prompts.ts';
import { CHOSEN, ROLE, serverForEachTest } from './server-for-each-test.ts';
import { OTHER, PERSON } from './start-bot.ts';

const { here, inChat, lastInChat, referenceOf, inChannel } = serverForEachTest();
const { inServer, seenBy } = here;

const issue = (text: string): Post => ({
  kind: 'issue',
  issue: { id: '0c1d2e3f-0000-4000-8000-000000000001', language: 'en', text, back: 'Back this' },
});

describe('raising an issue', () => {
  test('the form says first that everyone will see it; then it is posted for all to back', async () => {
    inChat.mockResolvedValue({ posts: [issue('The 17:40 bus is always full')] });
    const opened = await inServer().slash('raise');
    expect(opened.modal?.title).toBe('Everyone in this server will see it');
    expect(inChat).not.toHaveBeenCalled();
    await inServer().slash('raise');
    const me = inServer();
    await me.slash('raise');
    await me.submitModal('The 17:40 bus is always full');
    expect(lastInChat()).toMatchObject({
      channel: 'discord',
      chat: `chat:${here.bot.standIn.guildId}`,
      by: PERSON,
      reference: here.bot.standIn.channelId,
      event: { kind: 'raise', text: 'The 17:40 bus is always full' },
    });
    expect(seenBy(OTHER)).toContain('The 17:40 bus is always full');
  });

  test('goes to the chosen channel, and only from those who may', async () => {
    referenceOf.mockResolvedValue(`${CHOSEN}/${ROLE}`);
    inChat.mockResolvedValue({ posts: [issue('More bins')] });
    const without = inServer();
    await without.slash('raise');
    expect((await without.submitModal('More bins')).text).toContain('only some members');
    expect(inChat).not.toHaveBeenCalled();
    // Now it is remembered: the form does not even open.
    expect((await without.slash('raise')).modal).toBeUndefined();

    const withRole = inServer(OTHER, { roles: [ROLE] });
    await withRole.slash('raise');
    const shown = await withRole.submitModal('More bins');
    expect(shown.text).toBe(`Done. Everyone can see it in <#${CHOSEN}>.`);
    expect(lastInChat()).toMatchObject({ reference: `${CHOSEN}/${ROLE}` });
    expect(inChannel(CHOSEN).map(({ content }) => content)).toEqual(['More bins']);
  });

  test('with the chosen channel deleted, it is posted where it was raised', async () => {
    referenceOf.mockResolvedValue(CHOSEN);
    inChat.mockResolvedValue({ posts: [issue('More bins')] });
    here.bot.standIn.fail('POST', new RegExp(`/channels/${CHOSEN}/`), {
      status: 404,
      body: { code: 10003, message: 'Unknown Channel' },
    });
    const me = inServer();
    await me.slash('raise');
    await me.submitModal('More bins');
    expect(seenBy(OTHER)).toEqual(['More bins']);
  });

  test('backing renews the card in its place; a second time only the person is told', async () => {
    inChat.mockResolvedValue({ posts: [issue('More bins')] });
    const me = inServer();
    await me.slash('raise');
    await me.submitModal('More bins');
    inChat.mockResolvedValue({ posts: [issue('More bins. Backed by 2')] });
    const other = inServer(OTHER);
    await other.press('Back this');
    expect(lastInChat()).toMatchObject({
      by: OTHER,
      event: { kind: 'back', issue: '0c1d2e3f-0000-4000-8000-000000000001' },
    });
    expect(seenBy(PERSON)).toContain('More bins. Backed by 2');
    inChat.mockResolvedValue({ posts: [], aside: [statement('You have backed this already.')] });
    expect((await other.press('Back this')).text).toBe('You have backed this already.');
    expect(seenBy(PERSON)).not.toContain('You have backed this already.');
  });

  test('when nothing could be kept, nothing leaks and the words are given back', async () => {
    inChat.mockRejectedValue(new Error('canary more bins'));
    const me = inServer();
    await me.slash('raise');
    const shown = await me.submitModal('my own words');
    expect(shown.text).toContain('Please try that again');
    expect(shown.text).toContain('my own words');
    expect(shown.text).not.toContain('canary');
    expect(inServer(OTHER).sees()).toEqual([]);
    expect(here.bot.logged.join('\n')).not.toMatch(/canary|my own words/);
  });
});
