/** What is seen before a conversation begins: the start page, and the poster that leads to it. */
import { describe, expect } from 'vitest';
import { test } from './web-chat-test.ts';

describe('the start page', () => {
  test('says who asks, what can and cannot change, who decides and by when they hear', async ({
    browser,
  }) => {
    const { html, status } = await browser.open('/chat/park');
    expect(status).toBe(200);
    for (const words of [
      'Bury Council asks',
      'which of three things the money pays for',
      'We can&#39;t change the amount.',
      'Cllr Green decides 14 Jan.',
      'By 28 January 2027',
      'eight in ten of you say we listened',
    ]) {
      expect(html).toContain(words);
    }
  });

  test('looking creates nothing and sets no cookie', async ({ browser, program }) => {
    await browser.open('/chat/park');
    await browser.open('/chat/PARK/poster');
    expect(program.received).toEqual([]);
    expect(browser.cookie).toBe('');
  });

  test('comes in the language that the browser prefers, or the one that is chosen', async ({
    browser,
  }) => {
    const byBrowser = await browser.open('/chat/park', { 'Accept-Language': 'ur-PK,ur;q=0.9' });
    expect(byBrowser.html).toContain('<html lang="ur" dir="rtl">');
    const chosen = await browser.open('/chat/park?language=en', { 'Accept-Language': 'ur' });
    expect(chosen.html).toContain('<html lang="en" dir="ltr">');
    expect(chosen.html).toMatch(/<a class="chip"[^>]*lang="ur" dir="rtl"[^>]*>اردو/);
  });

  test('an unknown keyword gets a kind page and repeats nothing of it', async ({ browser }) => {
    for (const path of ['/chat/nope-7', '/chat/%E0%A4%A', '/chat/nope-7/poster']) {
      const { status, html } = await browser.open(path);
      expect(status).toBe(404);
      expect(html).toContain('We can&#39;t find that chat');
      expect(html).not.toContain('nope-7');
    }
  });

  test('a closed consultation says when they will hear and begins nothing', async ({
    browser,
    program,
  }) => {
    program.closeConsultation();
    const { html } = await browser.open('/chat/park');
    expect(html).toContain('This chat is closed');
    expect(html).toContain('28 January 2027');
    expect(html).toContain('/said-and-done');
    expect(html).not.toContain('name="begin"');
    await browser.post([
      ['begin', '1'],
      ['id', 'a-random-id-of-a-form'],
    ]);
    expect(program.received).toEqual([]);
    expect(browser.cookie).toBe('');
  });
});

test('the poster carries code, keyword, number, address, and when they will hear', async ({
  browser,
  chat,
}) => {
  const { html } = await browser.open('/chat/park/poster');
  expect(html).toMatch(/<svg class="poster__code"[^>]*>/);
  expect(html).toContain('PARK');
  expect(html).toContain('07700 900123');
  expect(html).toContain('by 28 January 2027');
  expect(html.replaceAll('<wbr>', '')).toContain(`${new URL(chat.url).host}/chat/park`);
  const urdu = await browser.open('/chat/park/poster?language=ur');
  expect(urdu.html).toContain('<html lang="ur" dir="rtl">');
});
