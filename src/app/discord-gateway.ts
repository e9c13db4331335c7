/**
 * The connection by which Discord brings what people do there. One node of all holds it at a time;
 * when that node dies another takes over, and what two of them should ever bring twice is applied
 * once, like every repeated message.
 */
import type { Heard } from '../app.ts';
import type { Receive } from '../channel.ts';
import { type OneHolder, onOneNode } from '../platform/one-holder.ts';
import { discordOptions } from './channels.ts';
import { chatPorts } from './chat-ports.ts';

const GATEWAY = 4_815_006;

/** Undefined where Discord is off. The bot's library is loaded by the node whose turn it is. */
export function holdDiscordGateway(heard: Heard, receive: Receive): OneHolder | undefined {
  const options = discordOptions(heard.config, heard.world.words);
  if (!options) return undefined;
  return onOneNode({
    url: heard.databaseUrl,
    lock: GATEWAY,
    name: 'discord-gateway',
    log: heard.log,
    begin: async () => {
      const { startDiscord } = await import('../../adapters/discord/discord-bot.ts');
      return startDiscord(options, chatPorts(heard, receive, 'discord'));
    },
  });
}
