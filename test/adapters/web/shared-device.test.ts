/** A device that several people use: nothing of one is there for the next. */
import { expect } from 'vitest';
import { test } from './web-chat-test.ts';

test('clearing forgets the session here and there, and shows a clean start', async ({
  browser,
  program,
}) => {
  await browser.begin();
  const address = browser.cookie.split('=')[1] ?? '';
  const { html } = await browser.post([], '/chat/park/clear');
  expect(browser.cookie).toBe('');
  expect(await program.desk.current(address)).toBeUndefined();
  expect(html).toContain('ready for the next person');
  expect(html).not.toContain('Bury Council here.');
});

test('clearing tells the browser to drop what it kept, and the cookie even if the program fails', async ({
  browser,
  chat,
}) => {
  await browser.begin();
  const answer = await fetch(`${chat.url}/chat/park/clear`, {
    method: 'POST',
    headers: { Cookie: browser.cookie },
    redirect: 'manual',
  });
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
  expect(answer.headers.get('set-cookie')).toMatch(/^heard=;.*Expires=Thu, 01 Jan 1970/);
});

test('no page of the chat may be kept by a browser', async ({ browser }) => {
  for (const path of ['/chat/park', '/chat/park/poster', '/chat/nope']) {
    const { headers } = await browser.open(path);
    expect(headers.get('cache-control')).toBe('no-store');
  }
  await browser.begin();
  expect(browser.page().headers.get('cache-control')).toBe('no-store');
});
