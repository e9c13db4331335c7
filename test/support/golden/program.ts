/**
 * Heard with all four channels on, in this process: its own pages and webhooks on a port, its bot at
 * a stand-in for Discord, and a database of its own. It tells when a reply is out, so that nobody has
 * to wait for one that does not come.
 */
import { startDiscord } from '../../../adapters/discord/discord-bot.ts';
import { discordOptions } from '../../../src/app/channels.ts';
import { chatPorts } from '../../../src/app/chat-ports.ts';
import { allPages } from '../../../src/app/pages.ts';
import type { Receive } from '../../../src/channel.ts';
import type { ProviderAccount } from '../../../src/cli/demo/stand-in-provider.ts';
import { createListeners } from '../../../src/conversation/listeners.ts';
import type { StandIn } from '../discord/stand-in.ts';
import { listen } from '../listen.ts';
import { openTestHeard, type TestHeard } from '../open-test-heard.ts';
import type { StandInTeams } from '../teams/stand-in.ts';

export const PUBLIC_URL = 'https://bury.example';

export const ACCOUNT: ProviderAccount = {
  sid: `AC${'a'.repeat(32)}`,
  token: 'a-token-for-tests',
  number: '+447700900001',
};

export interface Apps {
  readonly discord: StandIn;
  readonly teams: StandInTeams;
}

export interface Program extends Apps {
  readonly heard: TestHeard;
  /** Where it listens on this machine; it is known as PUBLIC_URL. */
  readonly url: string;
  /** Resolves when what comes in next is dealt with: nothing is said, or what is said is out. */
  readonly nextIsDealtWith: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startProgram(
  apps: Apps,
  more: Readonly<Record<string, string>>,
  clock: Date,
): Promise<Program> {
  const { discord, teams } = apps;
  const heard = await openTestHeard(
    {
      TWILIO_ACCOUNT_SID: ACCOUNT.sid,
      TWILIO_AUTH_TOKEN: ACCOUNT.token,
      TWILIO_FROM: ACCOUNT.number,
      DISCORD_TOKEN: discord.token,
      DISCORD_APPLICATION_ID: discord.applicationId,
      DISCORD_API_URL: discord.apiUrl,
      ...teams.environment,
      ...more,
    },
    clock,
  );
  const waiting: (() => void)[] = [];
  const receive = telling(heard.receive, () => waiting.shift()?.());
  const stopping = new AbortController();
  const pages = await allPages(heard.heard, receive, createListeners(), stopping.signal);
  const server = await listen((app) => app.use(pages));
  teams.botAt(`${server.url}/channels/teams/messages`);
  const bot = await startBot(heard, receive);
  return {
    ...apps,
    heard,
    url: server.url,
    nextIsDealtWith: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      stopping.abort();
      await bot.stop();
      await server.close();
      await heard[Symbol.asyncDispose]();
    },
  };
}

async function startBot({ heard }: TestHeard, receive: Receive) {
  const options = discordOptions(heard.config, heard.world.words);
  if (options === undefined) throw new Error('Discord is not on');
  return startDiscord(options, chatPorts(heard, receive, 'discord'));
}

function telling(receive: Receive, dealtWith: () => void): Receive {
  return async (inbound) => {
    const receipt = await receive(inbound);
    if (receipt.kind === 'silence') {
      dealtWith();
      return receipt;
    }
    const after = (act: () => void) => () => {
      act();
      dealtWith();
    };
    return {
      ...receipt,
      handedOver: after(receipt.handedOver),
      notHandedOver: after(receipt.notHandedOver),
    };
  };
}
