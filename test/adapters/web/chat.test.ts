import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Desk } from '../../../adapters/web/desk.ts';
import { type FakeProgram, fakeProgram } from './fake-program.ts';
import { type PlainBrowser, plainBrowser, startWebChat, type WebChat } from './web-chat.ts';

let program: FakeProgram;
let chat: WebChat;
let browser: PlainBrowser;

beforeEach(async () => {
  program = fakeProgram();
  chat = await startWebChat(program);
  browser = plainBrowser(chat.url);
});
afterEach(() => chat.close());

describe('the start page', () => {
  test('says who asks, what can and cannot change, who decides and by when they hear', async () => {
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

  test('looking creates nothing and sets no cookie', async () => {
    await browser.open('/chat/park');
    await browser.open('/chat/PARK/poster');
    expect(program.received).toEqual([]);
    expect(browser.cookie).toBe('');
  });

  test('comes in the language that the browser prefers, or the one that is chosen', async () => {
    const byBrowser = await browser.open('/chat/park', { 'Accept-Language': 'ur-PK,ur;q=0.9' });
    expect(byBrowser.html).toContain('<html lang="ur" dir="rtl">');
    const chosen = await browser.open('/chat/park?language=en', { 'Accept-Language': 'ur' });
    expect(chosen.html).toContain('<html lang="en" dir="ltr">');
    expect(chosen.html).toMatch(/<a class="chip"[^>]*lang="ur" dir="rtl"[^>]*>اردو/);
  });

  test('an unknown keyword gets a kind page and repeats nothing of it', async () => {
    for (const path of ['/chat/nope-7', '/chat/%E0%A4%A', '/chat/nope-7/poster']) {
      const { status, html } = await browser.open(path);
      expect(status).toBe(404);
      expect(html).toContain('We can&#39;t find that chat');
      expect(html).not.toContain('nope-7');
    }
  });

  test('a closed consultation says when they will hear and begins nothing', async () => {
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

describe('a conversation without JavaScript', () => {
  test('begins with a button, in the chosen language, under a random address', async () => {
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

  test('one tap answers; a reload shows the latest exchange and says nothing', async () => {
    await browser.begin();
    await browser.tap('Start');
    await browser.tap('Yes');
    expect(program.received.at(-1)?.event).toMatchObject({
      kind: 'choice',
      step: 'use',
      options: ['yes'],
    });
    const { html } = await browser.open('/chat/park');
    expect(html).toContain('What should we build first?');
    expect(html).not.toContain('Text 1, 2 or 3');
    expect(program.received).toHaveLength(3);
  });

  test('every kind of question has a form that answers it', async () => {
    await browser.begin();
    const answers: readonly [step: string, fields: readonly [string, string][], event: object][] = [
      ['safe', [['choice', '7']], { kind: 'choice', step: 'safe', options: ['7'] }],
      ['feel', [['choice', '4']], { kind: 'choice', step: 'feel', options: ['4'] }],
      [
        'change',
        [
          ['choice', 'ramp'],
          ['choice', 'bins'],
        ],
        { kind: 'choice', step: 'change', options: ['ramp', 'bins'] },
      ],
      [
        'order',
        [
          ['choice', 'goals'],
          ['choice', ''],
          ['choice', 'goals'],
        ],
        { kind: 'choice', step: 'order', options: ['goals'] },
      ],
      ['age', [['text', '14']], { kind: 'text', text: '14' }],
      ['ward', [['choice', 'w3']], { kind: 'choice', step: 'ward', options: ['w3'] }],
      ['why', [['text', 'mehr Licht ☀️']], { kind: 'text', text: 'mehr Licht ☀️' }],
    ];
    for (const [step, fields, event] of answers) {
      program.goTo(step);
      await browser.open('/chat/park');
      const choice = fields[0]?.[0] === 'choice';
      const target = choice
        ? ([
            ['step', browser.hidden('step')],
            ['revision', browser.hidden('revision')],
          ] as const)
        : [];
      for (const [name] of fields) expect(browser.page().html).toContain(`name="${name}"`);
      await browser.post([...fields, ...target]);
      expect(program.received.at(-1)?.event).toMatchObject(event);
    }
  });

  test('nothing ticked is a choice of nothing, and the reply says so', async () => {
    await browser.begin();
    program.goTo('change');
    await browser.open('/chat/park');
    const { html } = await browser.post([
      ['step', 'change'],
      ['revision', browser.hidden('revision')],
    ]);
    expect(program.received.at(-1)?.event).toMatchObject({ kind: 'choice', options: [] });
    expect(html).toContain('Please pick one or more.');
  });

  test('help, skip, back and another language are one tap, help always', async () => {
    await browser.begin();
    for (const step of ['use', 'why', 'end']) {
      program.goTo(step);
      await browser.open('/chat/park');
      await browser.tap('Help');
      expect(program.received.at(-1)?.event).toEqual({ kind: 'command', command: 'help' });
      expect(browser.page().html).toContain('0800 1111');
    }
    program.goTo('build');
    await browser.open('/chat/park');
    const { html } = await browser.tap('اردو');
    expect(program.received.at(-1)?.event).toEqual({
      kind: 'command',
      command: 'language',
      language: 'ur',
    });
    expect(html).toContain('<html lang="ur" dir="rtl">');
    expect(html).toContain('ہم پہلے کیا بنائیں؟');
  });

  test('stopping says its last words, helpline and all, and then nothing is kept', async () => {
    await browser.begin();
    program.goTo('use');
    await browser.open('/chat/park');
    const { status, html } = await browser.tap('Stop');
    expect(status).toBe(200);
    expect(html.replaceAll(/<[^>]*>/g, '')).toContain('To talk: Childline 0800 1111.');
    expect(html).not.toContain('Take back my answers');
    expect((await browser.open('/chat/park')).html).toContain('name="begin"');
  });

  test('a form sent twice is one message; another tap on the same page is another', async () => {
    await browser.begin();
    const id = browser.hidden('id');
    await browser.post([
      ['text', 'go'],
      ['id', id],
    ]);
    await browser.post([
      ['text', 'go'],
      ['id', id],
    ]);
    await browser.post([
      ['command', 'help'],
      ['id', id],
    ]);
    const [, first, again, other] = program.received.map(({ messageId }) => messageId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('two starts at once both lead into a conversation', async () => {
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

  test('the last cookie of a double start holds a conversation', async () => {
    const { html } = await browser.begin();
    expect(html).toContain('role="log"');
    const addresses = program.received.map(({ address }) => address);
    expect(addresses).toContain(browser.cookie.split('=')[1]);
  });

  test('starting again in the middle goes on where it was', async () => {
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

  test('an answer without a session starts afresh and reaches nobody', async () => {
    const { html } = await browser.post([
      ['text', 'hello'],
      ['id', 'a-random-id-of-a-form'],
    ]);
    expect(html).toContain('name="begin"');
    expect(program.received).toEqual([]);
  });

  test('a reply is reported as handed over once its answer has left', async () => {
    await browser.begin();
    await vi.waitFor(() => expect(program.handed).toEqual({ over: 1, notOver: 0 }));
  });
});

describe('the end', () => {
  beforeEach(async () => {
    await browser.begin();
    program.goTo('end');
    await browser.open('/chat/park');
  });

  test('gives the address of the answer, news and taking answers back', async () => {
    const { html } = browser.page();
    expect(html).toContain('href="/said-and-done#park"');
    await browser.tap('Check for news');
    expect(browser.page().html).toContain('Chesham park: you joined in.');
    await browser.tap('Take back my answers');
    expect(program.received.at(-1)?.event).toEqual({ kind: 'command', command: 'delete' });
  });

  test('takes a number for the news, apart from the conversation', async () => {
    const { html, url } = await browser.post([['number', '07700 900123']], '/chat/park/follow');
    expect(html).toContain('Thanks. We will text you what happened.');
    expect(url).not.toContain('07700');
    expect(program.followed).toMatchObject([{ number: '07700 900123' }]);
    expect(program.received).toHaveLength(1);
  });

  test('a bad number comes back to be put right, and too many are refused kindly', async () => {
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

  test('no number is asked for where texting is off', async () => {
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

  test('a number is only taken from somebody who took part', async () => {
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
});

describe('a shared device', () => {
  test('clearing forgets the session here and there, and shows a clean start', async () => {
    await browser.begin();
    const address = browser.cookie.split('=')[1] ?? '';
    const { html } = await browser.post([], '/chat/park/clear');
    expect(browser.cookie).toBe('');
    expect(await program.desk.current(address)).toBeUndefined();
    expect(html).toContain('ready for the next person');
    expect(html).not.toContain('Bury Council here.');
  });

  test('tells the browser to drop what it kept, and the cookie even if the program fails', async () => {
    await browser.begin();
    const answer = await fetch(`${chat.url}/chat/park/clear`, {
      method: 'POST',
      headers: { Cookie: browser.cookie },
      redirect: 'manual',
    });
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
    expect(answer.headers.get('set-cookie')).toMatch(/^heard=;.*Expires=Thu, 01 Jan 1970/);
  });

  test('no page of the chat may be kept by a browser', async () => {
    for (const path of ['/chat/park', '/chat/park/poster', '/chat/nope']) {
      const { headers } = await browser.open(path);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    await browser.begin();
    expect(browser.page().headers.get('cache-control')).toBe('no-store');
  });
});

describe('the poster', () => {
  test('carries code, keyword, number, address, and when they will hear', async () => {
    const { html } = await browser.open('/chat/park/poster');
    expect(html).toMatch(/<svg class="poster__code"[^>]*>/);
    expect(html).toContain('PARK');
    expect(html).toContain('07700 900123');
    expect(html).toContain('by 28 January 2027');
    expect(html.replaceAll('<wbr>', '')).toContain(`${new URL(chat.url).host}/chat/park`);
    const urdu = await browser.open('/chat/park/poster?language=ur');
    expect(urdu.html).toContain('<html lang="ur" dir="rtl">');
  });
});
