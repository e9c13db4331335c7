/**
 * The commands that people see when they type a slash, and their registration: the whole list is
 * written at once, so that doing it again changes nothing.
 */

import type { Say } from './discord-options.ts';
import { type Rest, wentWell } from './discord-rest.ts';
import { shortened } from './rows.ts';

const STRING = 3;
const SUBCOMMAND = 1;
const CHANNEL = 7;
const ROLE = 8;
const TEXT_CHANNELS = [0, 5];
const MANAGE_GUILD = 32;
/** In servers, and in direct messages with the bot. */
const EVERYWHERE = [0, 1];
const SERVERS = [0];

/** What Discord's own locales call the languages that we speak beside English. */
const LOCALES: Readonly<Record<string, string>> = { pl: 'pl' };

/** With room for spaces and slips. */
const LONGEST_CODE = 40;

export function commandList(say: Say, languages: Readonly<Record<string, string>>) {
  const described = (name: string) => ({
    description: shortened(say(name, 'en'), 100),
    description_localizations: Object.fromEntries(
      Object.entries(LOCALES)
        .filter(([, language]) => Object.hasOwn(languages, language))
        .map(([locale, language]) => [locale, shortened(say(name, language), 100)]),
    ),
  });
  const command = (name: string, options: readonly object[] = []) => ({
    type: 1,
    name,
    ...described(`discord_command_${name.replaceAll('-', '_')}`),
    options,
    contexts: EVERYWHERE,
    integration_types: [0],
  });
  const option = (type: number, name: string, more: object) => ({
    type,
    name,
    ...described(`discord_option_${name}`),
    ...more,
  });
  const choices = Object.entries(languages)
    .slice(0, 25)
    .map(([value, name]) => ({ name, value }));
  return [
    command('have-your-say', [option(STRING, 'consultation', { autocomplete: true })]),
    command('check'),
    command('stop'),
    command('start'),
    command('delete'),
    command('link', [option(STRING, 'code', { max_length: LONGEST_CODE })]),
    command('unlink'),
    command('language', [option(STRING, 'language', { required: true, choices })]),
    command('help'),
    command('raise'),
    command('raised'),
    command('results', [option(STRING, 'keyword', {})]),
    command('promise'),
    {
      ...command('heard', [
        {
          type: SUBCOMMAND,
          name: 'setup',
          ...described('discord_command_setup'),
          options: [
            option(CHANNEL, 'channel', { required: true, channel_types: TEXT_CHANNELS }),
            option(ROLE, 'role', {}),
          ],
        },
        {
          type: SUBCOMMAND,
          name: 'post',
          ...described('discord_command_post'),
          options: [option(STRING, 'consultation', { required: true, autocomplete: true })],
        },
      ]),
      default_member_permissions: MANAGE_GUILD,
      contexts: SERVERS,
    },
  ];
}

export async function registerCommands(
  rest: Rest,
  applicationId: string,
  commands: readonly object[],
): Promise<{ readonly kind: 'done' } | { readonly kind: 'failed'; readonly reason: string }> {
  const result = await rest({
    method: 'PUT',
    path: `/applications/${applicationId}/commands`,
    asBot: true,
    body: commands,
  });
  if (wentWell(result)) return { kind: 'done' };
  const reason = result.kind === 'answer' ? `http-${result.status}` : result.kind;
  return { kind: 'failed', reason };
}
