/** What a server is shown, and what only those who manage it may do. */
import { describe, expect, test } from 'vitest';
import { CHOSEN, cardOfPark, MANAGER, ROLE, serverForEachTest } from './server-for-each-test.ts';
import { OTHER, PERSON } from './start-bot.ts';

const { here, inChat, lastInChat } = serverForEachTest();
const { inServer, direct, seenBy } = here;

describe('what everyone may see', () => {
  test.each(['results', 'promise', 'raised'])(
    '/%s is answered where it was asked',
    async (name) => {
      inChat.mockResolvedValue({
        posts: [{ kind: 'statement', text: 'About 20 took part.', language: 'en' }],
      });
      await inServer().slash(name);
      expect(lastInChat()?.event).toEqual({ kind: name });
      expect(seenBy(OTHER)).toEqual(['About 20 took part.']);
    },
  );

  test('in direct messages they say kindly that they belong in a server', async () => {
    const alone = direct();
    for (const name of ['raise', 'results', 'promise'])
      expect((await alone.slash(name)).text).toContain('works in a server');
    expect(inChat).not.toHaveBeenCalled();
  });
});

describe('the managers of a server', () => {
  test('choose a channel and a role', async () => {
    const shown = await inServer(PERSON, MANAGER).slash('heard setup', {
      channel: CHOSEN,
      role: ROLE,
    });
    expect(lastInChat()).toMatchObject({
      reference: `${CHOSEN}/${ROLE}`,
      event: { kind: 'added' },
    });
    expect(shown.text).toContain(`<#${CHOSEN}>`);
  });

  test('are told when the bot may not write there', async () => {
    inChat.mockResolvedValue({ posts: [{ kind: 'statement', text: 'Hello.', language: 'en' }] });
    here.bot.standIn.fail('POST', new RegExp(`/channels/${CHOSEN}/`), {
      status: 403,
      body: { code: 50001, message: 'Missing Access' },
    });
    const shown = await inServer(PERSON, MANAGER).slash('heard setup', { channel: CHOSEN });
    expect(shown.text).toContain("We can't post there");
  });

  test('and nobody else', async () => {
    const shown = await inServer().slash('heard setup', { channel: CHOSEN });
    expect(shown.text).toContain('Only people who manage this server');
    expect(inChat).not.toHaveBeenCalled();
    const setup = here.bot.standIn.commands().find(({ name }) => name === 'heard');
    expect(setup).toMatchObject({ default_member_permissions: 32, contexts: [0] });
  });

  test('post a card from which everyone answers in private', async () => {
    inChat.mockResolvedValue({ posts: [{ kind: 'consultation', card: cardOfPark() }] });
    await inServer(PERSON, MANAGER).slash('heard post', { consultation: 'PARK' });
    expect(lastInChat()?.event).toEqual({ kind: 'start', keyword: 'PARK' });
    const other = inServer(OTHER);
    expect(other.sees()[0]?.content).toBe('**Chesham park**\nWe say why by 28 Jan.');
    expect((await other.press('Have your say')).text).toBe('Thanks.');
    expect(here.lastInbound()).toMatchObject({ address: OTHER, event: { kind: 'join' } });
    expect(seenBy(PERSON)).not.toContain('Thanks.');
  });
});
