/**
 * One interaction as Discord sends it, read strictly and only as far as it is needed. Whoever it is
 * from, the address of the person is the interaction's own user: never what a message says.
 */
import { z } from 'zod';
import { SNOWFLAKE } from './discord-options.ts';

const snowflake = z.string().regex(SNOWFLAKE);
const user = z.object({ id: snowflake, bot: z.boolean().optional() });

const raw = z.object({
  id: snowflake,
  type: z.int(),
  token: z.string().min(1).max(1_000),
  guild_id: snowflake.optional(),
  channel_id: snowflake.optional(),
  locale: z.string().max(20).optional(),
  member: z
    .object({ user, roles: z.array(snowflake), permissions: z.string().regex(/^\d{1,30}$/) })
    .optional(),
  user: user.optional(),
  message: z
    .object({
      id: snowflake,
      content: z.string().optional(),
      flags: z.int().optional(),
      components: z.unknown().optional(),
      interaction_metadata: z.object({ user: z.object({ id: snowflake }) }).optional(),
    })
    .optional(),
  data: z
    .object({
      name: z.string().max(100).optional(),
      options: z.unknown().optional(),
      custom_id: z.string().max(200).optional(),
      values: z.array(z.string().max(200)).max(25).optional(),
      components: z.unknown().optional(),
    })
    .optional(),
});

type Raw = z.infer<typeof raw>;

export interface Interaction {
  readonly id: string;
  readonly kind: 'command' | 'autocomplete' | 'component' | 'form';
  readonly token: string;
  readonly userId: string;
  readonly locale: string;
  /** Missing in direct messages. */
  readonly server?: Server;
  readonly message?: NonNullable<Raw['message']>;
  readonly data: NonNullable<Raw['data']>;
}

export interface Server {
  readonly id: string;
  readonly channelId?: string;
  readonly roles: readonly string[];
  readonly isManager: boolean;
}

const KINDS: Readonly<Record<number, Interaction['kind']>> = {
  2: 'command',
  3: 'component',
  4: 'autocomplete',
  5: 'form',
};

/** Undefined for what is none of ours: a ping, a bot's, something that cannot be read. */
export function readInteraction(packet: unknown): Interaction | undefined {
  const read = raw.safeParse(packet);
  if (!read.success) return undefined;
  const { id, type, token, member, message, data, locale = 'en-GB' } = read.data;
  const kind = KINDS[type];
  const person = member?.user ?? read.data.user;
  if (kind === undefined || person === undefined || person.bot === true || data === undefined)
    return undefined;
  const server = serverOf(read.data);
  return {
    id,
    kind,
    token,
    userId: person.id,
    locale,
    data,
    ...(server === undefined ? {} : { server }),
    ...(message === undefined ? {} : { message }),
  };
}

const ADMINISTRATOR = 1n << 3n;
const MANAGE_GUILD = 1n << 5n;

function serverOf({ guild_id, channel_id, member }: Raw): Server | undefined {
  if (guild_id === undefined) return undefined;
  const permissions = BigInt(member?.permissions ?? '0');
  return {
    id: guild_id,
    ...(channel_id === undefined ? {} : { channelId: channel_id }),
    roles: member?.roles ?? [],
    isManager: (permissions & (ADMINISTRATOR | MANAGE_GUILD)) !== 0n,
  };
}
