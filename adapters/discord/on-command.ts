/** A slash command. What a person does for themselves is private; what concerns a server is not. */
import type { Command } from '../../src/flow/prompt.ts';
import { cleanText } from '../../src/platform/clean-text.ts';
import { acknowledge, callBack } from './acknowledge.ts';
import { createAnswering } from './answering.ts';
import { type BotParts, languageOf } from './bot-parts.ts';
import { customId } from './custom-id.ts';
import { SNOWFLAKE } from './discord-options.ts';
import { raiseForm } from './forms.ts';
import type { InServer } from './in-server.ts';
import type { Interaction } from './interaction.ts';
import { answer, notUnderstood } from './on-component.ts';
import { type OpenList, suggestions } from './open-list.ts';
import { plainWords } from './plain-words.ts';
import { commandOptions } from './read-parts.ts';
import { asMessages } from './render.ts';
import { button, rowsOfButtons } from './rows.ts';

const OWN: ReadonlyMap<string, Command> = new Map([
  ['check', 'check'],
  ['stop', 'stop'],
  ['start', 'start'],
  ['delete', 'delete'],
  ['help', 'help'],
  ['unlink', 'unlink'],
]);

export async function onCommand(
  parts: BotParts,
  inServer: InServer,
  open: OpenList,
  interaction: Interaction,
): Promise<void> {
  const { name = '', options } = interaction.data;
  const { subcommand, values } = commandOptions(options);
  const own = OWN.get(name);
  if (own !== undefined) return answer(parts, interaction, { kind: 'command', command: own });
  switch (name) {
    case 'have-your-say': {
      const keyword = cleanText(values.get('consultation') ?? '', 100).trim();
      return keyword === ''
        ? offer(parts, open, interaction)
        : answer(parts, interaction, { kind: 'join', keyword });
    }
    case 'language': {
      const language = values.get('language') ?? '';
      if (!Object.hasOwn(parts.languages, language)) return notUnderstood(parts, interaction);
      return answer(parts, interaction, { kind: 'command', command: 'language', language });
    }
    case 'link': {
      const code = cleanText(values.get('code') ?? '', 40).trim();
      const event = { kind: 'command', command: 'link' } as const;
      return answer(parts, interaction, code === '' ? event : { ...event, code });
    }
    case 'raise':
      return openRaiseForm(parts, inServer, interaction);
    case 'raised':
      return inServer.ask(interaction, { kind: 'raised' });
    case 'promise':
      return inServer.ask(interaction, { kind: 'promise' });
    case 'results': {
      const keyword = cleanText(values.get('keyword') ?? '', 100).trim();
      return inServer.ask(interaction, {
        kind: 'results',
        ...(keyword === '' ? {} : { keyword }),
      });
    }
    case 'heard':
      return subcommand === 'setup'
        ? setUp(parts, inServer, interaction, values)
        : inServer.start(interaction, cleanText(values.get('consultation') ?? '', 100).trim());
    default:
      return notUnderstood(parts, interaction);
  }
}

/** The form opens at once, so nobody is asked before: only what is remembered can forbid it. */
async function openRaiseForm(
  parts: BotParts,
  inServer: InServer,
  interaction: Interaction,
): Promise<void> {
  const { server } = interaction;
  if (server === undefined) return inServer.tell(interaction, 'discord_server_only');
  if (!inServer.mayRaise(server)) return inServer.tell(interaction, 'discord_may_not_raise');
  const language = languageOf(parts, interaction.locale) ?? 'en';
  await callBack(parts, interaction, raiseForm(parts.ports.say, language));
}

async function setUp(
  parts: BotParts,
  inServer: InServer,
  interaction: Interaction,
  values: ReadonlyMap<string, string>,
): Promise<void> {
  const channelId = values.get('channel') ?? '';
  const roleId = values.get('role');
  if (!SNOWFLAKE.test(channelId) || (roleId !== undefined && !SNOWFLAKE.test(roleId)))
    return notUnderstood(parts, interaction);
  // The role that everyone has bears the server's own id: it limits nobody.
  const limits = roleId !== undefined && roleId !== interaction.server?.id;
  return inServer.setUp(interaction, { channelId, ...(limits ? { roleId } : {}) });
}

const MOST_OFFERED = 20;

/** Nothing was picked: what is open is shown, each with its promise, to be joined by a button. */
async function offer(parts: BotParts, open: OpenList, interaction: Interaction): Promise<void> {
  const { rest, applicationId, ports } = parts;
  const language = languageOf(parts, interaction.locale);
  const say = (name: string) => ports.say(name, language ?? 'en');
  const acknowledged = await acknowledge(parts, interaction, 'new');
  const answering = createAnswering(rest, applicationId, interaction, 'new', acknowledged);
  try {
    const all = await open.now(language);
    const list = all.slice(0, MOST_OFFERED);
    const words = list.map(
      ({ title, promise }) => `**${plainWords(title)}**\n${plainWords(promise)}`,
    );
    const buttons = list.map(({ title, keyword }) =>
      button(title, customId({ kind: 'join', keyword }), 1),
    );
    const more = all.length > list.length ? [say('discord_more_open')] : [];
    const content =
      list.length === 0 ? say('discord_nothing_open') : [...words, ...more].join('\n\n');
    await answering.show(asMessages(content, rowsOfButtons(buttons)));
  } catch (error) {
    ports.log.error('open consultations could not be listed', { channel: 'discord', error });
    await answering.aside(asMessages(say('discord_try_again'), []));
  }
}

const SUGGESTIONS = 8;

/** While somebody types: at once with what is known, never with an error. */
export async function onAutocomplete(
  parts: BotParts,
  open: OpenList,
  interaction: Interaction,
): Promise<void> {
  const { focused = '' } = commandOptions(interaction.data.options);
  const list = await open.inTime(languageOf(parts, interaction.locale));
  const choices = suggestions(list, focused);
  await callBack(parts, interaction, { type: SUGGESTIONS, data: { choices } });
}
