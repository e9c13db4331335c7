import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DiscordPorts } from '../../../adapters/discord/discord-ports.ts';
import type { Receive } from '../../../src/channel.ts';
import type { ChatInbound, Post, ReceiveInChat, SharedCard } from '../../../src/shared-chat.ts';
import { discordPerson, type Whereabouts } from '../../support/discord/discord-person.ts';
import { type RunningBot, reply, startBot, statement } from './start-bot.ts';

const PERSON = '100000000000000001';
const OTHER = '100000000000000002';
const ROLE = '300000000000000001';
const CHOSEN = '500000000000000099';
const MANAGER = { permissions: String(1 << 5) };
const inChat = vi.fn<ReceiveInChat>();
const referenceOf = vi.fn<(chat: string) => Promise<string | undefined>>();
let bot: RunningBot;

beforeEach(async () => {
  inChat.mockReset().mockResolvedValue({ posts: [] });
  referenceOf.mockReset().mockResolvedValue(undefined);
  bot = await startBot({
    inChat,
    desk: {
      openConsultations: async () => [
        { keyword: 'PARK', title: 'Chesham park', promise: 'We say why by 28 Jan.' },
      ],
      current: async () => undefined,
      referenceOf,
    },
  });
});
afterEach(async () => {
  await bot.close();
  expect(bot.standIn.problems).toEqual([]);
});

const person = (userId = PERSON, where: Whereabouts = {}) =>
  discordPerson(bot.standIn, userId, { guildId: bot.standIn.guildId, ...where });
const issue = (text: string): Post => ({
  kind: 'issue',
  issue: { id: '0c1d2e3f-0000-4000-8000-000000000001', language: 'en', text, back: 'Back this' },
});
const last = (): ChatInbound | undefined => inChat.mock.calls.at(-1)?.[0];
const inChannel = (channelId: string) =>
  bot.standIn.messages.filter((message) => message.channelId === channelId);

describe('raising an issue', () => {
  test('the form says first that everyone will see it; then it is posted for all to back', async () => {
    inChat.mockResolvedValue({ posts: [issue('The 17:40 bus is always full')] });
    const opened = await person().slash('raise');
    expect(opened.modal?.title).toBe('Everyone in this server will see it');
    expect(inChat).not.toHaveBeenCalled();
    await person().slash('raise');
    const me = person();
    await me.slash('raise');
    await me.submitModal('The 17:40 bus is always full');
    expect(last()).toMatchObject({
      channel: 'discord',
      chat: `chat:${bot.standIn.guildId}`,
      by: PERSON,
      reference: bot.standIn.channelId,
      event: { kind: 'raise', text: 'The 17:40 bus is always full' },
    });
    expect(
      person(OTHER)
        .sees()
        .map(({ content }) => content),
    ).toContain('The 17:40 bus is always full');
  });

  test('goes to the chosen channel, and only from those who may', async () => {
    referenceOf.mockResolvedValue(`${CHOSEN}/${ROLE}`);
    inChat.mockResolvedValue({ posts: [issue('More bins')] });
    const without = person();
    await without.slash('raise');
    expect((await without.submitModal('More bins')).text).toContain('only some members');
    expect(inChat).not.toHaveBeenCalled();
    // Now it is remembered: the form does not even open.
    expect((await without.slash('raise')).modal).toBeUndefined();

    const withRole = person(OTHER, { roles: [ROLE] });
    await withRole.slash('raise');
    const shown = await withRole.submitModal('More bins');
    expect(shown.text).toBe(`Done. Everyone can see it in <#${CHOSEN}>.`);
    expect(last()).toMatchObject({ reference: `${CHOSEN}/${ROLE}` });
    expect(inChannel(CHOSEN).map(({ content }) => content)).toEqual(['More bins']);
  });

  test('with the chosen channel deleted, it is posted where it was raised', async () => {
    referenceOf.mockResolvedValue(CHOSEN);
    inChat.mockResolvedValue({ posts: [issue('More bins')] });
    bot.standIn.fail('POST', new RegExp(`/channels/${CHOSEN}/`), {
      status: 404,
      body: { code: 10003, message: 'Unknown Channel' },
    });
    const me = person();
    await me.slash('raise');
    await me.submitModal('More bins');
    expect(
      person(OTHER)
        .sees()
        .map(({ content }) => content),
    ).toEqual(['More bins']);
  });

  test('backing renews the card in its place; a second time only the person is told', async () => {
    inChat.mockResolvedValue({ posts: [issue('More bins')] });
    const me = person();
    await me.slash('raise');
    await me.submitModal('More bins');
    inChat.mockResolvedValue({ posts: [issue('More bins. Backed by 2')] });
    const other = person(OTHER);
    await other.press('Back this');
    expect(last()).toMatchObject({
      by: OTHER,
      event: { kind: 'back', issue: '0c1d2e3f-0000-4000-8000-000000000001' },
    });
    expect(me.sees().map(({ content }) => content)).toContain('More bins. Backed by 2');
    inChat.mockResolvedValue({ posts: [], aside: [statement('You have backed this already.')] });
    expect((await other.press('Back this')).text).toBe('You have backed this already.');
    expect(me.sees().map(({ content }) => content)).not.toContain('You have backed this already.');
  });

  test('when nothing could be kept, nothing leaks and the words are given back', async () => {
    inChat.mockRejectedValue(new Error('canary more bins'));
    const me = person();
    await me.slash('raise');
    const shown = await me.submitModal('my own words');
    expect(shown.text).toContain('Please try that again');
    expect(shown.text).toContain('my own words');
    expect(shown.text).not.toContain('canary');
    expect(person(OTHER).sees()).toEqual([]);
    expect(bot.logged.join('\n')).not.toMatch(/canary|my own words/);
  });
});

describe('the card of a consultation', () => {
  const sharedCard = vi.fn<NonNullable<DiscordPorts['desk']['sharedCard']>>();
  const card = (progress: string, more: Partial<SharedCard> = {}): SharedCard => ({
    keyword: 'PARK',
    language: 'cy',
    title: 'Chesham park',
    promise: 'We say why by 28 Jan.',
    state: 'open',
    progress,
    results: [],
    answer: 'Have your say',
    ...more,
  });
  const edits = () =>
    bot.standIn.requests.filter(
      ({ method, path }) => method === 'PATCH' && path.startsWith('/channels/'),
    );

  async function posted(cardEveryMs: number): Promise<void> {
    await bot.close();
    inChat.mockResolvedValue({ posts: [{ kind: 'consultation', card: card('Nobody yet.') }] });
    sharedCard.mockReset().mockResolvedValue(card('About 10 have finished.'));
    bot = await startBot(
      {
        inChat,
        receive: async () => reply(statement('First question')),
        desk: { openConsultations: async () => [], current: async () => undefined, sharedCard },
      },
      { options: { cardEveryMs } },
    );
    await person(PERSON, MANAGER).slash('heard post', { consultation: 'PARK' });
    expect(person(OTHER).sees()[0]?.content).toContain('Nobody yet.');
  }

  test('says how many have finished when somebody uses it, in its own language', async () => {
    await posted(60_000);
    await person(OTHER).press('Have your say');
    await bot.standIn.until('the card', () => edits().length === 1);
    expect(sharedCard).toHaveBeenCalledWith(
      { channel: 'discord', chat: `chat:${bot.standIn.guildId}` },
      'PARK',
      'cy',
    );
    expect(person(OTHER).sees()[0]?.content).toContain('About 10 have finished.');
  });

  test('and when somebody has answered there, but not again and again', async () => {
    await posted(1);
    const other = person(OTHER);
    await other.press('Have your say');
    await bot.standIn.until('the card', () => edits().length === 1);
    sharedCard.mockResolvedValue(card('About 20 have finished.'));
    await other.slash('check');
    await bot.standIn.until('the card', () => edits().length === 2);
    expect(other.sees()[0]?.content).toContain('About 20 have finished.');
    sharedCard.mockResolvedValue(card('Closed.', { answer: undefined, state: 'closed' }));
    await other.slash('check');
    await bot.standIn.until('the card', () => edits().length === 3);
    expect(other.sees()[0]?.components).toEqual([]);
  });

  test('never more often than once in a while, and not where nothing has changed', async () => {
    await posted(60_000);
    const other = person(OTHER);
    await other.press('Have your say');
    await bot.standIn.until('the card', () => edits().length === 1);
    sharedCard.mockResolvedValue(card('About 20 have finished.'));
    await other.press('Have your say');
    await other.slash('check');
    expect(sharedCard).toHaveBeenCalledTimes(1);

    await posted(1);
    sharedCard.mockResolvedValue(card('Nobody yet.'));
    await person(OTHER).press('Have your say');
    await vi.waitFor(() => expect(sharedCard).toHaveBeenCalled());
    expect(edits()).toEqual([]);
  });

  test('that was deleted is forgotten, and nobody notices', async () => {
    await posted(1);
    const other = person(OTHER);
    bot.standIn.fail('PATCH', /^\/channels/, {
      status: 404,
      body: { code: 10008, message: 'Unknown Message' },
    });
    expect((await other.press('Have your say')).text).toContain('First question');
    await bot.standIn.until('the card', () => edits().length === 1);
    const asked = sharedCard.mock.calls.length;
    await other.slash('check');
    expect(sharedCard).toHaveBeenCalledTimes(asked);
  });
});

describe('what everyone may see', () => {
  test.each(['results', 'promise', 'raised'])(
    '/%s is answered where it was asked',
    async (name) => {
      inChat.mockResolvedValue({
        posts: [{ kind: 'statement', text: 'About 20 took part.', language: 'en' }],
      });
      await person().slash(name);
      expect(last()?.event).toEqual({ kind: name });
      expect(
        person(OTHER)
          .sees()
          .map(({ content }) => content),
      ).toEqual(['About 20 took part.']);
    },
  );

  test('in direct messages they say kindly that they belong in a server', async () => {
    const direct = discordPerson(bot.standIn, PERSON);
    for (const name of ['raise', 'results', 'promise'])
      expect((await direct.slash(name)).text).toContain('works in a server');
    expect(inChat).not.toHaveBeenCalled();
  });
});

describe('the managers of a server', () => {
  test('choose a channel and a role', async () => {
    const shown = await person(PERSON, MANAGER).slash('heard setup', {
      channel: CHOSEN,
      role: ROLE,
    });
    expect(last()).toMatchObject({ reference: `${CHOSEN}/${ROLE}`, event: { kind: 'added' } });
    expect(shown.text).toContain(`<#${CHOSEN}>`);
  });

  test('are told when the bot may not write there', async () => {
    inChat.mockResolvedValue({ posts: [{ kind: 'statement', text: 'Hello.', language: 'en' }] });
    bot.standIn.fail('POST', new RegExp(`/channels/${CHOSEN}/`), {
      status: 403,
      body: { code: 50001, message: 'Missing Access' },
    });
    const shown = await person(PERSON, MANAGER).slash('heard setup', { channel: CHOSEN });
    expect(shown.text).toContain("We can't post there");
  });

  test('and nobody else', async () => {
    const shown = await person().slash('heard setup', { channel: CHOSEN });
    expect(shown.text).toContain('Only people who manage this server');
    expect(inChat).not.toHaveBeenCalled();
    const setup = bot.standIn.commands().find(({ name }) => name === 'heard');
    expect(setup).toMatchObject({ default_member_permissions: 32, contexts: [0] });
  });

  test('post a card from which everyone answers in private', async () => {
    inChat.mockResolvedValue({
      posts: [
        {
          kind: 'consultation',
          card: {
            keyword: 'PARK',
            language: 'en',
            title: 'Chesham park',
            promise: 'We say why by 28 Jan.',
            state: 'open',
            progress: '',
            results: [],
            answer: 'Have your say',
          },
        },
      ],
    });
    await person(PERSON, MANAGER).slash('heard post', { consultation: 'PARK' });
    expect(last()?.event).toEqual({ kind: 'start', keyword: 'PARK' });
    const other = person(OTHER);
    expect(other.sees()[0]?.content).toBe('**Chesham park**\nWe say why by 28 Jan.');
    await expect(other.press('Have your say')).resolves.toBeDefined();
  });
});

describe('finding a consultation', () => {
  test('while typing, each with its promise', async () => {
    expect(await person().complete('have-your-say', 'consultation', 'che')).toEqual([
      'Chesham park: We say why by 28 Jan.',
    ]);
    expect(await person().complete('have-your-say', 'consultation', 'bus')).toEqual([]);
  });

  test('without typing, by a button', async () => {
    const shown = await person().slash('have-your-say');
    expect(shown.text).toContain('Chesham park');
    expect(shown.text).toContain('We say why by 28 Jan.');
  });
});

describe('/have-your-say', () => {
  const openConsultations = vi.fn<DiscordPorts['desk']['openConsultations']>();
  const receive = vi.fn<Receive>();

  async function withOpen(count: number): Promise<void> {
    await bot.close();
    openConsultations.mockReset().mockResolvedValue(
      Array.from({ length: count }, (_, at) => ({
        keyword: `PLAN${at}`,
        title: `Plan ${at} of the council`,
        promise: `We say why by 28 Jan. ${'More words. '.repeat(10)}`,
      })),
    );
    receive.mockReset().mockResolvedValue(reply(statement('First question')));
    bot = await startBot({
      receive,
      desk: { openConsultations, current: async () => undefined },
    });
  }

  test('says so kindly where nothing is open', async () => {
    await withOpen(0);
    expect(await person().complete('have-your-say', 'consultation', '')).toEqual([]);
    expect((await person().slash('have-your-say')).text).toContain('Nothing is open right now');
  });

  test('with thirty open: as many as Discord takes, and how to find the others', async () => {
    await withOpen(30);
    expect(await person().complete('have-your-say', 'consultation', '')).toHaveLength(25);
    expect(await person().complete('have-your-say', 'consultation', 'plan 29')).toHaveLength(1);
    const me = person();
    const shown = await me.slash('have-your-say');
    expect(shown.text).toContain('There are more. Type /have-your-say and a few letters');
    await me.press('Plan 19 of the council');
    expect(receive.mock.calls.at(-1)?.[0].event).toMatchObject({ kind: 'join', keyword: 'PLAN19' });
  });

  test('with as many as are shown, it speaks of no others', async () => {
    await withOpen(20);
    expect((await person().slash('have-your-say')).text).not.toContain('There are more');
  });

  test('in a language that Discord has and we do not, the words are English and nothing is chosen', async () => {
    await withOpen(1);
    const thai = person(PERSON, { locale: 'th' });
    await thai.slash('have-your-say');
    expect(openConsultations).toHaveBeenLastCalledWith(undefined);
    expect((await thai.complete('have-your-say', 'consultation', 'plan')).length).toBe(1);
    await thai.slash('have-your-say', { consultation: 'PLAN0' });
    expect(receive.mock.calls.at(-1)?.[0].event).toEqual({ kind: 'join', keyword: 'PLAN0' });
    await withOpen(0);
    const again = person(PERSON, { locale: 'th' });
    expect((await again.slash('have-your-say')).text).toContain('Nothing is open right now');
  });
});

test('a program that is slow to list gets an empty list in time', async () => {
  await bot.close();
  bot = await startBot({
    desk: { openConsultations: () => new Promise(() => undefined), current: async () => undefined },
  });
  expect(await person().complete('have-your-say', 'consultation', '')).toEqual([]);
});
