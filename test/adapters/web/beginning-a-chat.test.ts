/** Beginning a conversation without JavaScript, however often, or twice at once, it is asked for. */
import { expect } from 'vitest';
import { plainBrowser } from './web-chat.ts';
import { test } from './web-chat-test.ts';

test('a conversation begins with a button, in the chosen language, under a random address', async ({
  browser,
  chat,
  program,
}) => {
  const { html, url } = await browser.begin('ur');
  expect(url).toBe(`${chat.url}/chat/park`);
  expect(html).toContain('<html lang="ur" dir="rtl">');
  expect(program.received).toMatchObject([
    { channel: 'web', event: { kind: 'join', keyword: 'PARK', language: 'ur' } },
  ]);
  const address = program.received[0]?.address ?? '';
  expect(browser.cookie).toBe(`heard=${address}`);
  expect(Buffer.from(address, 'base64url')).toHaveLength(32);
});

test('two starts at once both lead into a conversation', async ({ browser, chat }) => {
  await browser.open('/chat/park');
  const id = browser.hidden('id');
  const start = [
    ['begin', '1'],
    ['id', id],
  ] as const;
  const other = plainBrowser(chat.url);
  const [one, two] = await Promise.all([browser.post(start), other.post(start)]);
  expect(one.html).toContain('Bury Council here.');
  expect(two.html).toContain('Bury Council here.');
});

test('the last cookie of a double start holds a conversation', async ({ browser, program }) => {
  const { html } = await browser.begin();
  expect(html).toContain('role="log"');
  const addresses = program.received.map(({ address }) => address);
  expect(addresses).toContain(browser.cookie.split('=')[1]);
});

test('starting again in the middle goes on where it was', async ({ browser, program }) => {
  await browser.begin();
  await browser.tap('Start');
  const cookie = browser.cookie;
  const { html } = await browser.post([
    ['begin', '1'],
    ['language', 'en'],
  ]);
  expect(browser.cookie).toBe(cookie);
  expect(html).toContain('Do you use Chesham park?');
  expect(program.received).toHaveLength(2);
});

test('an answer without a session starts afresh and reaches nobody', async ({
  browser,
  program,
}) => {
  const { html } = await browser.post([
    ['text', 'hello'],
    ['id', 'a-random-id-of-a-form'],
  ]);
  expect(html).toContain('name="begin"');
  expect(program.received).toEqual([]);
});
