/**
 * Carries one event of a person to the program and its reply back. When the program could not keep
 * it, the person is told so kindly and can do the same again.
 */
import type { InboundEvent } from '../../src/channel.ts';
import { SHARED_CHAT } from '../../src/shared-chat.ts';
import type { Answering } from './answering.ts';
import { type BotParts, languageOf } from './bot-parts.ts';
import type { Interaction } from './interaction.ts';
import { plainWords } from './plain-words.ts';
import { asMessages, toMessages } from './render.ts';
import { shortened } from './rows.ts';

export async function carry(
  parts: BotParts,
  { id, userId, server, locale }: Interaction,
  event: InboundEvent,
  answering: Answering,
): Promise<void> {
  const { receive, say, log } = parts.ports;
  await parts.calm.settled();
  try {
    const receipt = await receive({
      channel: 'discord',
      address: userId,
      messageId: id,
      event,
      ...(server === undefined ? {} : { within: `${SHARED_CHAT}${server.id}` }),
    });
    if (server !== undefined) parts.cards.answeredIn(server.id);
    if (receipt.kind === 'silence') return await answering.nothing();
    let shown = false;
    try {
      shown = await answering.show(toMessages(receipt.prompts, say));
    } finally {
      if (shown) receipt.handedOver();
      else receipt.notHandedOver();
    }
  } catch (error) {
    log.error('something said on Discord could not be carried', { channel: 'discord', error });
    const sorry = say('discord_try_again', languageOf(parts, locale) ?? 'en');
    const isForm = event.kind === 'text' && event.target !== undefined;
    await answering.aside(asMessages(isForm ? givenBack(sorry, event.text) : sorry, []));
  }
}

const LONGEST_GIVEN_BACK = 1_500;

/** A form is gone once it is sent: the words in it must not be lost with it. */
export function givenBack(sorry: string, written: string): string {
  return `${sorry}\n>>> ${plainWords(shortened(written, LONGEST_GIVEN_BACK))}`;
}
