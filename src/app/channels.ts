/**
 * The channels that the settings turn on. The web is always on; it can answer but not write first.
 * What an app needs is loaded where it is on, and nowhere else.
 */
import type { DiscordOptions } from '../../adapters/discord/discord-options.ts';
import { smsChannel } from '../../adapters/sms/send.ts';
import type { TeamsOptions } from '../../adapters/teams/teams-options.ts';
import { webChannel } from '../../adapters/web/web-channel.ts';
import type { Channel, ChannelName } from '../channel.ts';
import type { Words } from '../flow/words.ts';
import type { Config } from '../platform/config.ts';
import { sayOn } from './chat-ports.ts';

/** `onDate` gets the `Date` of a provider's answers: what time it is there. */
export async function channelsFor(
  config: Config,
  words: Words,
  onDate: (httpDate: string | undefined) => void,
): Promise<ReadonlyMap<ChannelName, Channel>> {
  const channels = new Map<ChannelName, Channel>([['web', webChannel]]);
  const discord = discordOptions(config, words);
  const teams = teamsOptions(config);
  if (config.sms) {
    channels.set('sms', smsChannel({ ...config.sms, publicUrl: config.publicUrl, onDate }));
  }
  if (discord) {
    const { discordChannel } = await import('../../adapters/discord/discord-channel.ts');
    channels.set('discord', discordChannel(discord));
  }
  if (teams) {
    const { teamsChannel } = await import('../../adapters/teams/teams-channel.ts');
    channels.set('teams', teamsChannel(teams, { say: sayOn(words, 'teams') }));
  }
  return channels;
}

export function discordOptions(config: Config, words: Words): DiscordOptions | undefined {
  const { discord, publicUrl } = config;
  const languages = words.vocabulary.languageNames;
  return discord && { ...discord, publicUrl, languages, say: sayOn(words, 'discord') };
}

export function teamsOptions({ teams, publicUrl, organisation }: Config): TeamsOptions | undefined {
  return teams && { ...teams, publicUrl, organisation };
}
