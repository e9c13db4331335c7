import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Receive } from '../../../src/channel.ts';
import type { ReceiveInChat } from '../../../src/shared-chat.ts';
import { discordPerson } from '../../support/discord/discord-person.ts';
import { startStandIn } from '../../support/discord/stand-in.ts';
import { reply, statement } from '../../support/prompts.ts';
import { PERSON, type RunningBot, startBot } from './start-bot.ts';

let bot: RunningBot | undefined;

afterEach(async () => {
  await bot?.close();
  expect(bot?.standIn.problems).toEqual([]);
  bot = undefined;
});

const receiving = () => vi.fn<Receive>().mockResolvedValue(reply(statement('Here I am.')));

test('asks for servers and direct messages, and for nothing privileged', async () => {
  bot = await startBot();
  expect(bot.standIn.gateway.intents()).toBe((1 << 0) | (1 << 12));
});

describe('a connection that breaks', () => {
  test.each([
    ['told to reconnect', 'reconnect'],
    ['dropped', 'drop'],
  ] as const)('%s: it is resumed, and what was missed comes after', async (_, how) => {
    const receive = receiving();
    bot = await startBot({ receive });
    const { gateway } = bot.standIn;
    const back = gateway.nextStart();
    gateway[how]();
    const missed = bot.standIn.interact({
      userId: PERSON,
      type: 2,
      data: { name: 'check', options: [] },
      guildId: bot.standIn.guildId,
    });
    expect(await back).toBe('resumed');
    await bot.standIn.until('an answer', () => missed.answered);
    expect(receive.mock.calls.map(([inbound]) => inbound.messageId)).toContain(missed.id);
    expect(gateway.identified()).toBe(1);
  });

  test('a session that cannot be resumed is begun anew', async () => {
    bot = await startBot({ receive: receiving() });
    const { gateway } = bot.standIn;
    const back = gateway.nextStart();
    gateway.invalidate({ resumable: false });
    expect(await back).toBe('ready');
    expect(gateway.identified()).toBe(2);
    const shown = await discordPerson(bot.standIn, PERSON).slash('check');
    expect(shown.text).toBe('Here I am.');
  });

  test('a session that can be resumed is', async () => {
    bot = await startBot({ receive: receiving() });
    const back = bot.standIn.gateway.nextStart();
    bot.standIn.gateway.invalidate({ resumable: true });
    expect(await back).toBe('resumed');
    expect(bot.standIn.gateway.identified()).toBe(1);
  });
});

describe('a token that Discord does not take', () => {
  test('at the start: Heard goes on without Discord, and says so without the token', async () => {
    const standIn = await startStandIn();
    standIn.token = 'another-token';
    bot = await startBot({}, { standIn });
    expect(bot.logged.join('\n')).toContain('Discord refused the bot');
    expect(bot.logged.join('\n')).not.toContain('stand-in-token');
    expect(standIn.gateway.isConnected()).toBe(false);
  });

  test('later, by close 4004: it is not tried again', async () => {
    bot = await startBot();
    const { logged, standIn } = bot;
    standIn.gateway.drop(4004);
    await vi.waitFor(() => expect(logged.join('\n')).toContain('close-4004'));
    expect(standIn.gateway.identified()).toBe(1);
    expect(logged.join('\n')).not.toContain('stand-in-token');
  });
});

describe('few sessions left for today', () => {
  const asked = () =>
    bot?.standIn.requests.filter(({ path }) => path === '/gateway/bot').length ?? 0;

  test('at the start: it waits for the new count, and says so once', async () => {
    const standIn = await startStandIn();
    standIn.sessionStarts = { remaining: 3, reset_after: 100 };
    const back = standIn.gateway.nextStart();
    bot = await startBot({}, { standIn });
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(1), { timeout: 5_000 });
    expect(standIn.gateway.identified()).toBe(0);
    expect(bot.logged.filter((line) => line.includes('few Discord sessions'))).toHaveLength(1);
    standIn.sessionStarts = {};
    expect(await back).toBe('ready');
  });

  test('later: a lost session is not begun anew before it', async () => {
    bot = await startBot({ receive: receiving() });
    const { standIn } = bot;
    standIn.sessionStarts = { remaining: 10, reset_after: 100 };
    const before = asked();
    const back = standIn.gateway.nextStart();
    standIn.gateway.invalidate({ resumable: false });
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(before + 1), { timeout: 15_000 });
    expect(standIn.gateway.identified()).toBe(1);
    standIn.sessionStarts = {};
    expect(await back).toBe('ready');
  }, 30_000);
});

test('Discord away at the start holds nothing up', async () => {
  const standIn = await startStandIn();
  standIn.fail('GET', /gateway/, { status: 503 }, 10);
  bot = await startBot({}, { standIn });
  expect(bot.logged.join('\n')).toContain('could not be reached');
});

describe('events twice and out of order', () => {
  test('the same press twice is the same message', async () => {
    const receive = receiving();
    bot = await startBot({ receive });
    const person = discordPerson(bot.standIn, PERSON, { guildId: bot.standIn.guildId });
    await person.slash('check');
    receive.mockResolvedValue({ kind: 'silence' });
    person.repeat();
    await vi.waitFor(() => expect(receive).toHaveBeenCalledTimes(2));
    const [first, again] = receive.mock.calls.map(([inbound]) => inbound.messageId);
    expect(again).toBe(first);
    await bot.stop();
    expect(person.sees().map(({ content }) => content)).toEqual(['Here I am.']);
  });
});

test('a server that puts the bot out is told of; an outage is not', async () => {
  const inChat = vi.fn<ReceiveInChat>().mockResolvedValue({ posts: [] });
  bot = await startBot({ inChat });
  const { gateway, guildId } = bot.standIn;
  gateway.dispatch('GUILD_DELETE', { id: guildId, unavailable: true });
  gateway.dispatch('GUILD_DELETE', { id: guildId });
  await vi.waitFor(() => expect(inChat).toHaveBeenCalledTimes(1));
  expect(inChat.mock.calls[0]?.[0]).toMatchObject({
    chat: `chat:${guildId}`,
    event: { kind: 'removed' },
  });
});

test('put out of a server in the middle of questions: they go on in direct messages', async () => {
  const receive = receiving();
  bot = await startBot({ receive });
  const { gateway, guildId } = bot.standIn;
  await discordPerson(bot.standIn, PERSON, { guildId }).slash('have-your-say', {
    consultation: 'PARK',
  });
  gateway.dispatch('GUILD_DELETE', { id: guildId });
  receive.mockResolvedValue(reply(statement('The next question.')));
  const shown = await discordPerson(bot.standIn, PERSON).say('Path lights');
  expect(shown.text).toBe('The next question.');
  const [joined, said] = receive.mock.calls.map(([inbound]) => inbound);
  expect(said?.address).toBe(joined?.address);
  expect(said?.within).toBeUndefined();
});

test('stopping in the moment of connecting comes to its end', async () => {
  bot = await startBot();
  const { gateway } = bot.standIn;
  const back = gateway.nextStart();
  gateway.invalidate({ resumable: false });
  await back;
  await bot.stop();
  expect(bot.logged.join('\n')).not.toContain('could not be closed');
});

test('stopping lets what is under way come to its end', async () => {
  let go: (() => void) | undefined;
  const receive: Receive = async () => {
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    return reply(statement('Just in time.'));
  };
  bot = await startBot({ receive });
  const interaction = bot.standIn.interact({ userId: PERSON, type: 2, data: { name: 'check' } });
  await bot.standIn.until('an acknowledgement', () => interaction.callback !== undefined);
  await vi.waitFor(() => expect(go).not.toBe(undefined));
  const stopping = bot.stop();
  await vi.waitFor(() => expect(bot?.standIn.gateway.isConnected()).toBe(false));
  go?.();
  await stopping;
  expect(interaction.original?.content).toBe('Just in time.');
});
