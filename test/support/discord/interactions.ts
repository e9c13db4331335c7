/** One use of a command, button or form: what the stand-in remembers of it, and what the bot is sent. */
import { type KeptMessage, messageObject, userObject } from './messages.ts';

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId?: string;
  /** The message that was pressed. */
  readonly pressed?: KeptMessage;
  readonly sentAt: number;
  /** Type of the first answer, its data and how long it took. */
  callback?: { readonly type: number; readonly data: Record<string, unknown>; readonly ms: number };
  original?: KeptMessage;
  /** What became of the message is final, as far as can be told. */
  answered: boolean;
}

export interface NewInteraction {
  readonly userId: string;
  readonly type: number;
  readonly data: Record<string, unknown>;
  readonly guildId?: string;
  readonly channelId?: string;
  readonly pressed?: KeptMessage;
  readonly locale?: string;
  readonly roles?: readonly string[];
  readonly permissions?: string;
  readonly again?: Interaction;
}

export function interactionObject(
  applicationId: string,
  interaction: Interaction,
  from: NewInteraction,
) {
  const message = interaction.pressed && messageObject(interaction.pressed);
  const user = userObject(from.userId);
  const locale = from.locale ?? 'en-GB';
  return {
    id: interaction.id,
    application_id: applicationId,
    type: from.type,
    data: from.data,
    token: interaction.token,
    version: 1,
    locale,
    channel_id: interaction.channelId,
    channel: { id: interaction.channelId, type: interaction.guildId === undefined ? 1 : 0 },
    app_permissions: '2048',
    attachment_size_limit: 10_485_760,
    entitlements: [],
    authorizing_integration_owners: {},
    context: interaction.guildId === undefined ? 1 : 0,
    ...(message === undefined ? {} : { message }),
    ...(interaction.guildId === undefined
      ? { user }
      : {
          guild_id: interaction.guildId,
          guild: { id: interaction.guildId, locale, features: [] },
          member: {
            user,
            roles: from.roles ?? [],
            permissions: from.permissions ?? '0',
            joined_at: '2026-11-02T16:00:00.000Z',
            deaf: false,
            mute: false,
            flags: 0,
          },
        }),
  };
}
