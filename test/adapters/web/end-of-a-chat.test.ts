/** The last page of a conversation: news, taking answers back, and a number for what happened. */
import { expect } from 'vitest';
import type { Desk } from '../../../adapters/web/desk.ts';
import { plainBrowser, startWebChat } from './web-chat.ts';
import { test } from './web-chat-test.ts';

test.beforeEach(async ({ browser, program }) => {
  await browser.begin();
  program.goTo('end');
  await browser.open('/chat/park');
});

test('the end gives the address of the answer, news and taking answers back', async ({
  browser,
  program,
}) => {
  const { html } = browser.page();
  expect(html).toContain('href="/said-and-done#park"');
  await browser.tap('Check for news');
  expect(browser.page().html).toContain('Chesham park: you joined in.');
  await browser.tap('Take back my answers');
  expect(program.received.at(-1)?.event).toEqual({ kind: 'command', command: 'delete' });
});

test('a number is taken for the news, apart from the conversation', async ({
  browser,
  program,
}) => {
  const { html, url } = await browser.post([['number', '07700 900123']], '/chat/park/follow');
  expect(html).toContain('Thanks. We will text you what happened.');
  expect(url).not.toContain('07700');
  expect(program.followed).toMatchObject([{ number: '07700 900123' }]);
  expect(program.received).toHaveLength(1);
});

test('a bad number comes back to be put right, and too many are refused kindly', async ({
  browser,
}) => {
  const bad = await browser.post([['number', '12"><b>']], '/chat/park/follow');
  expect(bad.status).toBe(422);
  expect(bad.html).toContain('Please check the number.');
  expect(bad.html).toContain('value="12&quot;&gt;&lt;b&gt;"');
  for (const n of ['1', '2', '3']) {
    await browser.post([['number', `0770090012${n}`]], '/chat/park/follow');
  }
  const { status, html } = await browser.post([['number', '07700900124']], '/chat/park/follow');
  expect(status).toBe(429);
  expect(html).toContain('Please try again later.');
});

test('no number is asked for where texting is off', async ({ program }) => {
  const card: Desk['card'] = async (keyword) => {
    const full = await program.desk.card(keyword);
    if (full === undefined) return undefined;
    const { textNumber: _textNumber, ...rest } = full;
    return rest;
  };
  const silent = await startWebChat({ ...program, desk: { ...program.desk, card } });
  const person = plainBrowser(silent.url);
  await person.begin();
  program.goTo('end');
  expect((await person.open('/chat/park')).html).not.toContain('name="number"');
  await person.post([['number', '07700 900123']], '/chat/park/follow');
  expect(program.followed).toEqual([]);
  await silent.close();
});

test('a number is only taken from somebody who took part', async ({ chat, program }) => {
  const stranger = plainBrowser(chat.url);
  await stranger.post(
    [
      ['number', '07700900123'],
      ['id', 'x'],
    ],
    '/chat/park/follow',
  );
  expect(program.followed).toEqual([]);
});
