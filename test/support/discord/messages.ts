/** What the stand-in keeps of messages, and how Discord would write them in an answer. */

export interface Part {
  readonly type: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly style?: number;
  readonly placeholder?: string;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly options?: readonly {
    readonly label: string;
    readonly value: string;
    readonly description?: string;
    readonly default?: boolean;
  }[];
}

export interface Row {
  readonly type: number;
  readonly components: readonly Part[];
}

export interface KeptMessage {
  readonly id: string;
  readonly channelId: string;
  content: string;
  components: readonly Row[];
  flags: number;
  /** Whose interaction brought it about. */
  readonly interactionUserId?: string;
  /** It is acknowledged, and not there yet. */
  loading: boolean;
  deleted: boolean;
  /** Counts up at every change, over all messages. */
  changed: number;
}

const EPHEMERAL = 64;

export function isPrivate({ flags }: KeptMessage): boolean {
  return (flags & EPHEMERAL) !== 0;
}

export const BOT_USER = {
  id: '800000000000000001',
  username: 'heard',
  avatar: null,
  discriminator: '0001',
  public_flags: 0,
  flags: 0,
  bot: true,
  global_name: null,
  primary_guild: null,
};

export function userObject(id: string) {
  return {
    id,
    username: 'somebody',
    avatar: null,
    discriminator: '0',
    public_flags: 0,
    flags: 0,
    global_name: null,
    primary_guild: null,
  };
}

export function messageObject(message: KeptMessage) {
  let id = 0;
  const nextId = () => ++id;
  return {
    id: message.id,
    type: 0,
    channel_id: message.channelId,
    author: BOT_USER,
    content: message.content,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    timestamp: '2026-11-02T16:00:00.000000+00:00',
    edited_timestamp: null,
    flags: message.flags,
    components: message.components.map((row) => ({
      type: row.type,
      id: nextId(),
      components: row.components.map((part) => ({
        id: nextId(),
        ...(part.type === 2 ? { disabled: false } : {}),
        ...part,
      })),
    })),
    pinned: false,
    mention_everyone: false,
    tts: false,
    ...(message.interactionUserId === undefined
      ? {}
      : { interaction_metadata: interactionMetadata(message.interactionUserId) }),
  };
}

function interactionMetadata(userId: string) {
  return {
    id: '900000000000000001',
    type: 2,
    user: userObject(userId),
    authorizing_integration_owners: {},
  };
}
