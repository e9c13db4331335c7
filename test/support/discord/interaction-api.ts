/**
 * How the bot answers an interaction: the first answer within its time, what follows it, and changes
 * of what was shown. The interaction's token is all that it needs, as with Discord.
 */
import {
  type Act,
  ALREADY_ACKNOWLEDGED,
  type Answer,
  type Body,
  UNKNOWN_INTERACTION,
  UNKNOWN_MESSAGE,
  UNKNOWN_WEBHOOK,
} from './answers.ts';
import type { Interaction } from './interactions.ts';
import { contentOf, type KeptMessages } from './kept-messages.ts';
import { messageObject } from './messages.ts';

const MESSAGE = 4;
const MESSAGE_LATER = 5;
const UPDATE_LATER = 6;
const UPDATE = 7;
const SUGGESTIONS = 8;
const FORM = 9;
/** After these nothing more is to come. */
const WHOLE: ReadonlySet<number> = new Set([MESSAGE, UPDATE, SUGGESTIONS, FORM]);

export function interactionApi({
  applicationId,
  byToken,
  messages,
  problems,
}: {
  readonly applicationId: string;
  readonly byToken: ReadonlyMap<string, Interaction>;
  readonly messages: KeptMessages;
  readonly problems: string[];
}): (method: string, path: string) => Act | undefined {
  function callback(id: string, token: string, body: Body): Answer {
    const interaction = byToken.get(token);
    if (interaction === undefined || interaction.id !== id) return UNKNOWN_INTERACTION;
    if (interaction.callback !== undefined) return ALREADY_ACKNOWLEDGED;
    const type = Number(body['type']);
    const data = (body['data'] ?? {}) as Body;
    interaction.callback = { type, data, ms: performance.now() - interaction.sentAt };
    const { channelId, userId, pressed } = interaction;
    if (type === MESSAGE || type === MESSAGE_LATER) {
      const loading = type === MESSAGE_LATER;
      const content = contentOf(data);
      interaction.original = messages.keep({
        channelId,
        interactionUserId: userId,
        loading,
        ...content,
      });
    }
    if (type === UPDATE_LATER || type === UPDATE) {
      if (pressed === undefined) problems.push('a message is updated where none was pressed');
      else interaction.original = pressed;
    }
    if (type === UPDATE && pressed !== undefined) messages.change(pressed, data);
    if (WHOLE.has(type)) interaction.answered = true;
    return { status: 204 };
  }

  function followUp(interaction: Interaction, body: Body): Answer {
    if (interaction.callback === undefined) return UNKNOWN_WEBHOOK;
    const message = messages.keep({
      channelId: interaction.channelId,
      interactionUserId: interaction.userId,
      ...contentOf(body),
    });
    if (interaction.callback.type !== UPDATE_LATER || interaction.guildId !== undefined)
      interaction.answered = true;
    return { status: 200, body: messageObject(message) };
  }

  function editOriginal(interaction: Interaction, body: Body): Answer {
    const { original } = interaction;
    if (original === undefined || original.deleted) return UNKNOWN_MESSAGE;
    messages.change(original, body);
    interaction.answered = true;
    return { status: 200, body: messageObject(original) };
  }

  function deleteOriginal(interaction: Interaction): Answer {
    if (interaction.original !== undefined) interaction.original.deleted = true;
    interaction.answered = true;
    return { status: 204 };
  }

  return (method, path) => {
    const [, one, two, three, four, five] = path.split('/');
    if (two === undefined || three === undefined) return undefined;
    const token = decodeURIComponent(three);
    if (`${method} ${one}` === 'POST interactions') return (body) => callback(two, token, body);
    if (one !== 'webhooks' || two !== applicationId) return undefined;
    const interaction = byToken.get(token);
    if (interaction === undefined) return () => UNKNOWN_WEBHOOK;
    if (method === 'POST' && four === undefined) return (body) => followUp(interaction, body);
    if (four !== 'messages' || five !== '@original') return undefined;
    return (body) =>
      method === 'DELETE' ? deleteOriginal(interaction) : editOriginal(interaction, body);
  };
}
