/** A page offers to take answers back for as long as there are any that can be found. */
import { expect, test } from 'vitest';
import { toExchange } from '../../adapters/web/exchange.ts';
import { keysOf } from '../../adapters/web/keys-of-page.ts';
import { createChatDesk } from '../../src/conversation/chat-desk.ts';
import { createListeners } from '../../src/conversation/listeners.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { pageWords } from '../support/page-words.ts';

const SESSION = 'a-session';

test('once they are deleted it offers it no more', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const desk = createChatDesk(heard.heard.world, createListeners());
  const offered = async () => {
    const current = await desk.current(SESSION);
    if (!current) throw new Error('the session is not known');
    const exchange = toExchange(current, 'https://bury.example');
    return keysOf(exchange, current, pageWords.in('en')).map(({ command }) => command);
  };
  const page = heard.phone(SESSION, 'web');
  for (const text of ['PARK', 'go', '1', 'skip']) await page.text(text);
  expect(await offered()).toEqual(['check', 'delete', 'help']);
  expect((await page.text('delete'))[0]).toMatch(/^Done\. Your answers to .* are deleted/);
  expect(await offered()).toEqual(['check', 'help']);
});
