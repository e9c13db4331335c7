/**
 * A bot in a server, and the people there, made anew for every test of a file. Its program says
 * "Thanks." unless told otherwise; afterwards Discord must have found nothing wrong.
 */
import { afterEach, beforeEach, expect, type Mock, vi } from 'vitest';
import type { DiscordPorts } from '../../../adapters/discord/discord-ports.ts';
import type { Inbound, Receive } from '../../../src/channel.ts';
import {
  type DiscordPerson,
  discordPerson,
  type Whereabouts,
} from '../../support/discord/discord-person.ts';
import { reply, statement } from '../../support/prompts.ts';
import { PERSON, type RunningBot, type StartOptions, startBot } from './start-bot.ts';

export interface BotForEachTest {
  /** The one of the test that runs. */
  readonly bot: RunningBot;
  readonly receive: Mock<Receive>;
  readonly lastInbound: () => Inbound | undefined;
  readonly direct: () => DiscordPerson;
  readonly inServer: (userId?: string, where?: Whereabouts) => DiscordPerson;
  /** The words of what somebody can see in the server. */
  readonly seenBy: (userId: string) => readonly string[];
  /** With other ports than the file's. */
  readonly restart: (ports: Partial<DiscordPorts>, options?: StartOptions) => Promise<void>;
}

export function botForEachTest(ports: Partial<DiscordPorts> = {}): BotForEachTest {
  const receive = vi.fn<Receive>();
  let running: RunningBot | undefined;

  function current(): RunningBot {
    if (running === undefined) throw new Error('No test has started the bot');
    return running;
  }
  function inServer(userId = PERSON, where: Whereabouts = {}): DiscordPerson {
    const { standIn } = current();
    return discordPerson(standIn, userId, { guildId: standIn.guildId, ...where });
  }

  beforeEach(async () => {
    receive.mockReset().mockResolvedValue(reply(statement('Thanks.')));
    running = await startBot({ receive, ...ports });
  });
  afterEach(async () => {
    await current().close();
    expect(current().standIn.problems).toEqual([]);
  });

  return {
    get bot() {
      return current();
    },
    receive,
    lastInbound: () => receive.mock.calls.at(-1)?.[0],
    direct: () => discordPerson(current().standIn, PERSON),
    inServer,
    seenBy: (userId) =>
      inServer(userId)
        .sees()
        .map(({ content }) => content),
    restart: async (others, options) => {
      await current().close();
      running = await startBot(others, options);
    },
  };
}
