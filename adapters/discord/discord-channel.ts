/**
 * The Discord channel's way out: direct messages to people, and posts to the channel that a server
 * has chosen. One attempt by REST, and what became of it: whether a message may go again is the
 * outbox's decision.
 */
import type { Channel, Outbound, SendOutcome } from '../../src/channel.ts';
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import { createDirectChannels } from './direct-channels.ts';
import { apiUrlOf, type DiscordOptions, SNOWFLAKE, staysOnThisMachine } from './discord-options.ts';
import { createRest } from './discord-rest.ts';
import { post } from './post.ts';
import { toMessages } from './render.ts';
import { readReference } from './server-reference.ts';

export function discordChannel(options: DiscordOptions): Channel {
  const apiUrl = apiUrlOf(options);
  const rest = createRest(options);
  const directChannels = createDirectChannels(rest);
  const { say } = options;

  async function toPerson(address: string, { prompts, nonce }: Outbound): Promise<SendOutcome> {
    if (!SNOWFLAKE.test(address)) return { kind: 'failed', reason: 'no-discord-address' };
    const opened = await directChannels.open(address);
    if (opened.kind !== 'open') return opened.outcome;
    const outcome = await post(rest, opened.channelId, toMessages(prompts, say), nonce);
    if (outcome.kind === 'refused') directChannels.forget(address);
    return outcome;
  }

  async function toServer({ reference, prompts, nonce }: Outbound): Promise<SendOutcome> {
    const chosen = readReference(reference);
    if (chosen === undefined)
      return { kind: 'refused', reason: 'no-channel-chosen', optedOut: false };
    return post(rest, chosen.channelId, toMessages(prompts, say), nonce);
  }

  return {
    name: 'discord',
    sender: `discord:${options.applicationId}`,
    staysOnThisMachine: staysOnThisMachine(apiUrl),
    cost: (prompts) => Math.max(toMessages(prompts, say).length, 1),
    send: (outbound) =>
      outbound.address.startsWith(SHARED_CHAT)
        ? toServer(outbound)
        : toPerson(outbound.address, outbound),
  };
}
