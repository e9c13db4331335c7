import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FakeProgram, fakeProgram } from './fake-program.ts';
import { type PlainBrowser, plainBrowser, startWebChat, type WebChat } from './web-chat.ts';

let program: FakeProgram;
let chat: WebChat;
let browser: PlainBrowser;
let stopping: AbortController;

beforeEach(async () => {
  program = fakeProgram();
  stopping = new AbortController();
  chat = await startWebChat({ ...program, stopping: stopping.signal });
  browser = plainBrowser(chat.url);
  await browser.begin();
});
afterEach(() => chat.close());

interface Stream {
  readonly status: number;
  /** The next event; undefined when the stream has ended. */
  readonly next: () => Promise<{ readonly event: string; readonly data: Said } | undefined>;
  readonly close: () => void;
}

interface Said {
  readonly mark: string;
  readonly messages: string;
  readonly answer: string;
  readonly ended: boolean;
}

async function listenIn(headers: Record<string, string> = {}): Promise<Stream> {
  const hangUp = new AbortController();
  const response = await fetch(`${chat.url}/chat/park/events`, {
    headers: { Cookie: browser.cookie, ...headers },
    signal: hangUp.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let read = '';
  return {
    status: response.status,
    next: async () => {
      for (;;) {
        const found = /^event: (\w+)\ndata: (.*)\n\n/m.exec(read);
        if (found) {
          read = read.slice(found.index + found[0].length);
          return { event: found[1] ?? '', data: JSON.parse(found[2] ?? '') };
        }
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) return undefined;
        read += chunk.value;
      }
    },
    close: () => hangUp.abort(),
  };
}

test('a page that listens gets where it stands, and then what is said meanwhile', async () => {
  const stream = await listenIn();
  const first = await stream.next();
  expect(first?.event).toBe('said');
  expect(first?.data.messages).toContain('Bury Council here.');
  program.sayToAll('Still there? Two more questions.');
  const second = await stream.next();
  expect(second?.data.messages).toContain('Still there?');
  expect(second?.data.answer).toContain('name="id"');
  expect(second?.data.mark).not.toBe(first?.data.mark);
  stream.close();
});

test('an answer from another tab arrives, with the same mark as its own reply', async () => {
  const stream = await listenIn();
  await stream.next();
  const reply = await fetch(`${chat.url}/chat/park`, {
    method: 'POST',
    headers: { Cookie: browser.cookie, Accept: 'application/json' },
    body: new URLSearchParams({ text: 'go', id: browser.hidden('id') }),
  });
  const said: Said = await reply.json();
  const heard = await stream.next();
  expect(heard?.data.messages).toContain('Do you use Chesham park?');
  expect(heard?.data.mark).toBe(said.mark);
  stream.close();
});

test('clearing the session tells its open pages', async () => {
  const stream = await listenIn();
  await stream.next();
  await browser.post([], '/chat/park/clear');
  expect((await stream.next())?.event).toBe('gone');
  stream.close();
});

test('a page that leaves is forgotten', async () => {
  const stream = await listenIn();
  await stream.next();
  expect(program.streams()).toBe(1);
  stream.close();
  await vi.waitFor(() => expect(program.streams()).toBe(0));
});

test('stopping the server ends the streams at once', async () => {
  const stream = await listenIn();
  await stream.next();
  stopping.abort();
  expect(await stream.next()).toBeUndefined();
  expect((await listenIn()).status).toBe(204);
});

test('strangers, other sites and floods are told not to come back', async () => {
  expect((await listenIn({ Cookie: '' })).status).toBe(204);
  expect((await listenIn({ Cookie: `heard=${'a'.repeat(43)}` })).status).toBe(204);
  expect((await listenIn({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(204);
  const streams = await Promise.all([1, 2, 3, 4, 5, 6].map(() => listenIn()));
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect((await listenIn()).status).toBe(204);
  for (const stream of streams) stream.close();
});

test('an open page whose session is gone is told so', async () => {
  const response = await fetch(`${chat.url}/chat/park`, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ text: 'go', id: 'a-random-id-of-a-form' }),
  });
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({ gone: true });
});
