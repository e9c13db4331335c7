import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeProgram, fakeProgram } from './fake-program.ts';
import { type PlainBrowser, plainBrowser, startWebChat, type WebChat } from './web-chat.ts';

let program: FakeProgram;
let chat: WebChat;
let browser: PlainBrowser;

beforeEach(async () => {
  program = fakeProgram();
  chat = await startWebChat(program);
  browser = plainBrowser(chat.url);
  await browser.begin();
});
afterEach(() => chat.close());

/** Posts these bytes as a form, in the session of the browser. */
async function postRaw(body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(`${chat.url}/chat/park`, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Cookie: browser.cookie,
      ...headers,
    },
    redirect: 'manual',
  });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

const ID = 'id=a-random-id-of-a-form';

describe('what our page never sends', () => {
  test.each([
    ['a field twice', `${ID}&text=a&text=b`],
    ['an array in brackets', `${ID}&text[]=a`],
    ['a field we do not know', `${ID}&text=a&admin=1`],
    ['no id', 'text=a'],
    ['an id that is none', 'id=..%2F..&text=a'],
    ['invalid UTF-8, escaped', `${ID}&text=%ff%fe`],
    ['invalid UTF-8, raw', Buffer.concat([Buffer.from(`${ID}&text=`), Buffer.from([0xff, 0xc0])])],
    ['a half escape', `${ID}&text=%E`],
    ['ten thousand fields', Array.from({ length: 10_000 }, () => 'a=b').join('&')],
    ['ten thousand choices', `${ID}&${'choice=a&'.repeat(7_000)}`],
    ['a command that is none', `${ID}&command=drop-table`],
    ['a language that is none', `${ID}&command=language&language=%3Cb%3E`],
    ['a choice without its question', `${ID}&choice=yes`],
    ['a revision that is no number', `${ID}&choice=yes&step=use&revision=1e9`],
    ['an option with spaces', `${ID}&choice=a%20b&step=use&revision=1`],
    ['nothing at all', ''],
  ])('%s is refused with a kind page, and nothing is lost', async (_what, body) => {
    const { status, html } = await postRaw(body);
    expect(status).toBe(400);
    expect(html).toContain('Nothing you said before is lost');
    expect(html).toContain('href="/chat/park"');
    expect(program.received).toHaveLength(1);
    const { html: after } = await browser.open('/chat/park');
    expect(after).toContain('Bury Council here.');
  });

  test('a megabyte is refused, and the connection stays sound', async () => {
    const { status, html } = await postRaw(`${ID}&text=${'a'.repeat(1024 * 1024)}`);
    expect(status).toBe(413);
    expect(html).toContain('that was too long for us');
    expect(program.received).toHaveLength(1);
  });

  test('a form in another shape is refused', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain']) {
      const { status } = await postRaw('{"text":"a"}', { 'Content-Type': type });
      expect(status).toBe(400);
    }
    const { status } = await postRaw('x', { 'Content-Encoding': 'gzip' });
    expect(status).toBe(400);
  });

  test('a long answer in Urdu fits', async () => {
    await browser.post([['text', 'پارک میں روشنی '.repeat(100)]]);
    expect(browser.page().status).toBe(200);
    expect(program.received.at(-1)?.event).toMatchObject({ kind: 'text' });
  });

  test('text is cleaned before anything reads it; empty and emoji-only texts pass', async () => {
    await browser.post([['text', 'a\u0000b\u202ec\u200b']]);
    expect(program.received.at(-1)?.event).toEqual({ kind: 'text', text: 'abc' });
    await browser.post([['text', '']]);
    expect(program.received.at(-1)?.event).toEqual({ kind: 'text', text: '' });
    expect(browser.page().html).toContain('Sorry, I did not get that.');
    await browser.post([['text', '👍🏽']]);
    expect(program.received.at(-1)?.event).toEqual({ kind: 'text', text: '👍🏽' });
  });

  test('what a person typed is never markup', async () => {
    program.sayToAll('<script>alert(1)</script> "quoted" & \'so\'');
    const { html } = await browser.open('/chat/park');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('another site', () => {
  const FOREIGN: readonly (readonly [who: string, headers: Record<string, string>])[] = [
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbour under the same domain', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin', { Origin: 'https://evil.example' }],
    ['an origin that hides', { Origin: 'null' }],
  ];
  test.each(FOREIGN)('%s cannot say anything here', async (_who, headers) => {
    const { status } = await postRaw(`${ID}&text=a`, headers);
    expect(status).toBe(403);
    for (const path of ['/chat/park/clear', '/chat/park/follow']) {
      expect((await browser.post([], path, headers)).status).toBe(403);
    }
    expect(program.received).toHaveLength(1);
    expect(await program.desk.current(browser.cookie.split('=')[1] ?? '')).toBeDefined();
  });

  test('our own page can', async () => {
    const ours: readonly Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'same-origin' },
      { Origin: chat.url },
    ];
    for (const headers of ours) {
      expect((await postRaw(`${ID}&text=a`, headers)).status).toBe(303);
    }
  });
});

describe('cookies', () => {
  test('two of our name, or one of a wrong shape, are nobody’s', async () => {
    const real = browser.cookie;
    for (const cookie of [
      `${real}; ${real}`,
      'heard=short',
      'heard=',
      `heard=${'a'.repeat(500)}`,
    ]) {
      browser.cookie = cookie;
      const { html } = await browser.open('/chat/park');
      expect(html).toContain('name="begin"');
    }
  });

  test('over https the cookie is bound to the host, hidden from scripts and strict', async () => {
    const secure = await startWebChat({ ...program, secureCookies: true });
    const response = await fetch(`${secure.url}/chat/park`, {
      method: 'POST',
      body: new URLSearchParams({ begin: '1', id: 'a-random-id-of-a-form' }),
      redirect: 'manual',
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-heard=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(response.headers.get('strict-transport-security')).not.toBeNull();
    await secure.close();
  });

  test('a session that the program has forgotten gets a new token', async () => {
    const old = browser.cookie;
    await program.desk.clear(old.split('=')[1] ?? '');
    await browser.begin();
    expect(browser.cookie).not.toBe(old);
  });
});

describe('when the database is away', () => {
  test('the answer stays on the page, to be sent again as the same message', async () => {
    program.breakOnce();
    const { status, html, headers } = await postRaw(`${ID}&text=more+lights+%26+bins`);
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
    expect(html).toContain('more lights &amp; bins</textarea>');
    expect(html).toContain('value="a-random-id-of-a-form"');
    expect(chat.logged.join()).not.toContain('lights');
    expect((await postRaw(`${ID}&text=more+lights+%26+bins`)).status).toBe(303);
    expect(program.received.at(-1)?.event).toEqual({ kind: 'text', text: 'more lights & bins' });
  });
});

describe('headers', () => {
  test('every page forbids what is not our own, inside pages too', async () => {
    for (const path of ['/chat/park', '/chat/nope', '/chat/park/poster']) {
      const { headers, html } = await browser.open(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(html).not.toMatch(/\sstyle=|\son\w+="|<style|<script(?![^>]*src="\/assets\/)/);
      expect(html).not.toMatch(/(src|href)="https?:/);
    }
  });
});
