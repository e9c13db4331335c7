/**
 * What somebody writes to the bot directly. Only a person's own words count: bots, webhooks, what
 * Discord itself writes, and anything said in a server pass by unread.
 */
import { z } from 'zod';
import type { Prompt } from '../../src/flow/prompt.ts';
import { cleanText } from '../../src/platform/clean-text.ts';
import type { BotParts } from './bot-parts.ts';
import { SNOWFLAKE } from './discord-options.ts';
import { MOST_TEXT } from './on-form.ts';
import { pause, post } from './post.ts';
import { asMessages, type DiscordMessage, toMessages } from './render.ts';

const snowflake = z.string().regex(SNOWFLAKE);
const raw = z.object({
  id: snowflake,
  channel_id: snowflake,
  guild_id: z.undefined().optional(),
  webhook_id: z.undefined().optional(),
  /** 0 is said, 19 said in reply to something. */
  type: z.union([z.literal(0), z.literal(19)]),
  author: z.object({ id: snowflake, bot: z.literal(false).optional() }),
  /** Far more than anybody can write there: a longer one is none of Discord's. */
  content: z.string().max(20_000),
});
type Message = z.infer<typeof raw>;

export async function onDirectMessage(parts: BotParts, packet: unknown): Promise<void> {
  const read = raw.safeParse(packet);
  if (!read.success || read.data.author.id === parts.applicationId) return;
  const message = read.data;
  const text = cleanText(message.content, MOST_TEXT);
  if (text.trim() === '') await onlyPictures(parts, message);
  else await carryText(parts, message, text);
}

async function carryText(parts: BotParts, message: Message, text: string): Promise<void> {
  const { receive, say, log } = parts.ports;
  try {
    const receipt = await receive({
      channel: 'discord',
      address: message.author.id,
      messageId: message.id,
      event: { kind: 'text', text },
    });
    if (receipt.kind === 'silence') return;
    let shown = false;
    try {
      shown = await reply(parts, message, toMessages(receipt.prompts, say));
    } finally {
      if (shown) receipt.handedOver();
      else receipt.notHandedOver();
    }
  } catch (error) {
    log.error('a direct message could not be carried', { channel: 'discord', error });
    const sorry = say('discord_try_again', 'en');
    await reply(parts, message, asMessages(sorry, []));
  }
}

/** Stickers, pictures and recordings alone. */
async function onlyPictures(parts: BotParts, message: Message): Promise<void> {
  const { desk, say } = parts.ports;
  const current = await desk
    .current({ channel: 'discord', address: message.author.id })
    .catch(() => undefined);
  const language = current?.language ?? 'en';
  const sorry: Prompt = {
    text: say('no_pictures', language),
    input: { kind: 'none' },
    keys: [],
    language,
  };
  await reply(parts, message, toMessages([sorry], say));
}

const MOST_TRIES = 3;
const MOST_PATIENCE_MS = 10_000;

/** Discord knows the same nonce again for a few minutes, so trying again shows nothing twice. */
async function reply(
  { rest }: BotParts,
  { id, channel_id }: Message,
  messages: readonly DiscordMessage[],
): Promise<boolean> {
  if (messages.length === 0) return true;
  for (let tries = 1; ; tries++) {
    const outcome = await post(rest, channel_id, messages, `reply/${id}`);
    if (outcome.kind === 'accepted') return true;
    const wait = outcome.kind === 'throttled' ? outcome.retryAfterMs : 200 * tries;
    const isFinal = outcome.kind === 'refused' || outcome.kind === 'failed';
    if (isFinal || tries === MOST_TRIES || wait > MOST_PATIENCE_MS) return false;
    await pause(wait);
  }
}
