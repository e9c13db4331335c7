import { vi } from 'vitest';
import type { Receive } from '../../../src/channel.ts';
import { channelContract } from '../../support/channel-contract.ts';
import { discordPerson } from '../../support/discord/discord-person.ts';
import { PERSON, startBot, say as words } from './start-bot.ts';

channelContract('discord', async ({ receive, logged }) => {
  const heard: ('reply' | 'silence' | 'broken')[] = [];
  const listening: Receive = async (inbound) => {
    try {
      const receipt = await receive(inbound);
      heard.push(receipt.kind);
      return receipt;
    } catch (error) {
      heard.push('broken');
      throw error;
    }
  };
  const bot = await startBot({ receive: listening }, { logged });
  const { standIn } = bot;
  const person = discordPerson(standIn, PERSON);
  return {
    address: PERSON,
    plainly: '\\<b\\>1 & 2',
    say: async (text, messageId) => {
      const [before, seen] = [heard.length, person.sees().length];
      const id = messageId === undefined ? standIn.newId() : snowflake(messageId);
      standIn.writeTo({ userId: PERSON, text, id });
      await vi.waitFor(() => {
        if (heard.length === before) throw new Error('nothing was heard');
      });
      if (heard.at(-1) === 'silence') return { status: 200, shown: '' };
      await standIn.until('a reply', () => person.sees().length > seen);
      const shown = person
        .sees()
        .slice(seen)
        .map(({ content, components }) => `${content} ${JSON.stringify(components)}`)
        .join('\n');
      const told = shown.includes(words('discord_try_again', 'en'));
      return { status: told ? 503 : 200, shown };
    },
    // No status says so here: what is longer than Discord lets anybody write goes unread.
    sayTooMuch: async () => {
      standIn.writeTo({ userId: PERSON, text: 'x'.repeat(1_000_000) });
      await person.complete('have-your-say', 'consultation', '');
      return { status: 413, shown: '' };
    },
    close: bot.close,
  };
});

/** The same number for the same id. */
function snowflake(messageId: string): string {
  return String(10n ** 18n + BigInt(`0x${messageId.slice(-12)}`));
}
