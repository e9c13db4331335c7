/**
 * A button that was pressed, or a list that was chosen from. What belongs to a question goes on with
 * the step and revision that it was offered with: whether it is too old the program says, not this.
 */
import type { InboundEvent } from '../../src/channel.ts';
import { acknowledge, callBack, type Manner } from './acknowledge.ts';
import { createAnswering } from './answering.ts';
import { type BotParts, languageOf } from './bot-parts.ts';
import { carry } from './carry.ts';
import { type Pressed, readCustomId } from './custom-id.ts';
import { answerForm } from './forms.ts';
import type { InServer } from './in-server.ts';
import type { Interaction } from './interaction.ts';
import { chosenOnAllPages, pagesAfter, rankAfter } from './many-lists.ts';
import { partsOf } from './read-parts.ts';
import { payloadOf } from './render.ts';

const UPDATE_MESSAGE = 7;
const MESSAGE = 4;

export async function onComponent(
  parts: BotParts,
  inServer: InServer,
  interaction: Interaction,
): Promise<void> {
  const { data, message } = interaction;
  const pressed = readCustomId(data.custom_id ?? '');
  const values = data.values ?? [];
  if (pressed === undefined) return notUnderstood(parts, interaction);
  switch (pressed.kind) {
    case 'write': {
      const form = { ...pressed, title: labelOf(interaction), question: message?.content ?? '' };
      await callBack(parts, interaction, answerForm(form));
      return;
    }
    case 'page':
      return update(parts, interaction, pagesAfter(message?.components, pressed.page, values));
    case 'rank': {
      const ranked = rankAfter(message?.components, pressed, values[0], parts.ports.say);
      if (ranked.kind === 'unreadable') return notUnderstood(parts, interaction);
      if (ranked.kind === 'asking') return update(parts, interaction, ranked.rows);
      return answer(parts, interaction, { ...choiceOf(pressed), options: ranked.options });
    }
    case 'back':
      return inServer.back(interaction, pressed.issue);
    default: {
      const event = eventOf(pressed, values, message?.components);
      if (event === undefined) return notUnderstood(parts, interaction);
      await answer(parts, interaction, event);
      if (pressed.kind === 'join') seenCard(parts, interaction, pressed);
    }
  }
}

function seenCard(
  { cards }: BotParts,
  { server, message }: Interaction,
  { keyword, card: language }: { readonly keyword: string; readonly card?: string },
): void {
  if (language === undefined || server?.channelId === undefined || message === undefined) return;
  const { id: messageId, content = '' } = message;
  const { id: serverId, channelId } = server;
  cards.seen({ serverId, channelId, messageId, keyword, language, content });
}

function eventOf(
  pressed: Exclude<Pressed, { kind: 'write' | 'page' | 'rank' | 'back' }>,
  values: readonly string[],
  components: unknown,
): InboundEvent | undefined {
  switch (pressed.kind) {
    case 'option':
      return { ...choiceOf(pressed), options: [pressed.option] };
    case 'list':
      return { ...choiceOf(pressed), options: values };
    case 'done':
      return { ...choiceOf(pressed), options: chosenOnAllPages(components) };
    case 'key': {
      const { command, target } = pressed;
      return { kind: 'command', command, ...(target === undefined ? {} : { target }) };
    }
    case 'join':
      return { kind: 'join', keyword: pressed.keyword };
    // These are ids of forms, and no button's.
    case 'written':
    case 'raise':
      return undefined;
  }
}

function choiceOf({ step, revision }: { readonly step: string; readonly revision: number }) {
  return { kind: 'choice', step, revision } as const;
}

export async function answer(
  parts: BotParts,
  interaction: Interaction,
  event: InboundEvent,
): Promise<void> {
  const { rest, applicationId } = parts;
  const manner = mannerOf(interaction);
  const acknowledged = await acknowledge(parts, interaction, manner);
  const answering = createAnswering(rest, applicationId, interaction, manner, acknowledged);
  await carry(parts, interaction, withLanguage(parts, event, interaction), answering);
}

/** Somebody who joins is spoken to in the language of their app, where we speak it. */
function withLanguage(parts: BotParts, event: InboundEvent, { locale }: Interaction): InboundEvent {
  const language = languageOf(parts, locale);
  return event.kind === 'join' && language !== undefined ? { ...event, language } : event;
}

const EPHEMERAL = 64;

/** Only the person's own private message is ever written over. */
function mannerOf({ server, message, userId }: Interaction): Manner {
  if (message === undefined) return 'new';
  if (server === undefined) return 'below';
  const isPrivate = ((message.flags ?? 0) & EPHEMERAL) !== 0;
  return isPrivate && message.interaction_metadata?.user.id === userId ? 'replace' : 'new';
}

async function update(
  parts: BotParts,
  interaction: Interaction,
  components: readonly object[],
): Promise<void> {
  await callBack(parts, interaction, { type: UPDATE_MESSAGE, data: { components } });
}

/** What is none of our own buttons any more: nothing is applied, and the way on is said. */
export async function notUnderstood(parts: BotParts, interaction: Interaction): Promise<void> {
  const language = languageOf(parts, interaction.locale) ?? 'en';
  const content = parts.ports.say('discord_old_button', language);
  const ephemeral = interaction.server !== undefined;
  const data = payloadOf({ content, components: [] }, { ephemeral });
  await callBack(parts, interaction, { type: MESSAGE, data });
}

function labelOf({ message, data }: Interaction): string {
  const pressed = partsOf(message?.components)
    .flat()
    .find(({ custom_id }) => custom_id === data.custom_id);
  return pressed?.label ?? '…';
}
