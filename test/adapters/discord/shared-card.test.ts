/** The card of a consultation in a server, kept true for everyone, and not too often. */
import { describe, expect, test, vi } from 'vitest';
import type { DiscordPorts } from '../../../adapters/discord/discord-ports.ts';
import type { SharedCard } from '../../../src/shared-chat.ts';
import { reply, statement } from '../../support/prompts.ts';
import { cardOfPark, MANAGER, serverForEachTest } from './server-for-each-test.ts';
import { OTHER, PERSON } from './start-bot.ts';

const { here, inChat } = serverForEachTest();
const { inServer } = here;

describe('the card of a consultation', () => {
  const sharedCard = vi.fn<NonNullable<DiscordPorts['desk']['sharedCard']>>();
  const card = (progress: string, more: Partial<SharedCard> = {}) =>
    cardOfPark({ language: 'cy', progress, ...more });
  const edits = () =>
    here.bot.standIn.requests.filter(
      ({ method, path }) => method === 'PATCH' && path.startsWith('/channels/'),
    );

  async function posted(cardEveryMs: number): Promise<void> {
    inChat.mockResolvedValue({ posts: [{ kind: 'consultation', card: card('Nobody yet.') }] });
    sharedCard.mockReset().mockResolvedValue(card('About 10 have finished.'));
    await here.restart(
      {
        inChat,
        receive: async () => reply(statement('First question')),
        desk: { openConsultations: async () => [], current: async () => undefined, sharedCard },
      },
      { options: { cardEveryMs } },
    );
    await inServer(PERSON, MANAGER).slash('heard post', { consultation: 'PARK' });
    expect(inServer(OTHER).sees()[0]?.content).toContain('Nobody yet.');
  }

  test('says how many have finished when somebody uses it, in its own language', async () => {
    await posted(60_000);
    await inServer(OTHER).press('Have your say');
    await here.bot.standIn.until('the card', () => edits().length === 1);
    expect(sharedCard).toHaveBeenCalledWith(
      { channel: 'discord', chat: `chat:${here.bot.standIn.guildId}` },
      'PARK',
      'cy',
    );
    expect(inServer(OTHER).sees()[0]?.content).toContain('About 10 have finished.');
  });

  test('and when somebody has answered there, but not again and again', async () => {
    await posted(1);
    const other = inServer(OTHER);
    await other.press('Have your say');
    await here.bot.standIn.until('the card', () => edits().length === 1);
    sharedCard.mockResolvedValue(card('About 20 have finished.'));
    await other.slash('check');
    await here.bot.standIn.until('the card', () => edits().length === 2);
    expect(other.sees()[0]?.content).toContain('About 20 have finished.');
    sharedCard.mockResolvedValue(card('Closed.', { answer: undefined, state: 'closed' }));
    await other.slash('check');
    await here.bot.standIn.until('the card', () => edits().length === 3);
    expect(other.sees()[0]?.components).toEqual([]);
  });

  test('never more often than once in a while, and not where nothing has changed', async () => {
    await posted(60_000);
    const other = inServer(OTHER);
    await other.press('Have your say');
    await here.bot.standIn.until('the card', () => edits().length === 1);
    sharedCard.mockResolvedValue(card('About 20 have finished.'));
    await other.press('Have your say');
    await other.slash('check');
    expect(sharedCard).toHaveBeenCalledTimes(1);

    await posted(1);
    sharedCard.mockResolvedValue(card('Nobody yet.'));
    const again = inServer(OTHER);
    await again.press('Have your say');
    await vi.waitFor(() => expect(sharedCard).toHaveBeenCalled());
    await again.slash('check');
    expect(edits()).toEqual([]);
  });

  test('that was deleted is forgotten, and nobody notices', async () => {
    await posted(1);
    const other = inServer(OTHER);
    here.bot.standIn.fail('PATCH', /^\/channels/, {
      status: 404,
      body: { code: 10008, message: 'Unknown Message' },
    });
    expect((await other.press('Have your say')).text).toContain('First question');
    await here.bot.standIn.until('the card', () => edits().length === 1);
    const asked = sharedCard.mock.calls.length;
    for (let times = 0; times < 3; times++) await other.slash('check');
    expect(sharedCard).toHaveBeenCalledTimes(asked);
  });
});
