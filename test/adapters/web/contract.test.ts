import type { Current, Desk } from '../../../adapters/web/desk.ts';
import type { Receive } from '../../../src/channel.ts';
import { channelContract } from '../../support/channel-contract.ts';
import { fakeProgram } from './fake-program.ts';
import { plainBrowser, startWebChat } from './web-chat.ts';

channelContract('web', async ({ receive, logged }) => {
  const { desk, lastReply } = deskOf(receive);
  const chat = await startWebChat({ desk, receive: lastReply, logged });
  const browser = plainBrowser(chat.url);
  const address = 'a-session-that-is-under-way'.padEnd(43, '-');
  browser.cookie = `heard=${address}`;
  await browser.open('/chat/park');
  return {
    address,
    givesBack: true,
    say: async (text, messageId) => {
      const id = messageId === undefined ? [] : [['id', messageId] as const];
      const page = await browser.post([['text', text], ...id]);
      return { status: page.status, shown: page.html };
    },
    sayTooMuch: async () => {
      const page = await browser.post([['text', 'a'.repeat(1024 * 1024)]]);
      return { status: page.status, shown: page.html };
    },
    close: chat.close,
  };
});

/** Keeps the last reply for the page that follows the redirect, as the program does. */
function deskOf(receive: Receive): { readonly desk: Desk; readonly lastReply: Receive } {
  let prompts: Current['prompts'] = [];
  return {
    desk: {
      ...fakeProgram().desk,
      current: async () => ({ keyword: 'PARK', prompts, ended: false, language: 'en' }),
    },
    lastReply: async (inbound) => {
      const receipt = await receive(inbound);
      if (receipt.kind === 'reply') prompts = receipt.prompts;
      return receipt;
    },
  };
}
