import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Receive } from '../../../src/channel.ts';
import type { ReceiveInChat } from '../../../src/shared-chat.ts';
import { discordPerson } from '../../support/discord/discord-person.ts';
import { startStandIn } from '../../support/discord/stand-in.ts';
import { type RunningBot, reply, startBot, statement } from './start-bot.ts';

const PERSON = '100000000000000001';
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
