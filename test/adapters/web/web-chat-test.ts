/** A test with a web chat of its own: the program behind it, and a browser that is still unused. */
import { test as base } from 'vitest';
import { fakeProgram } from './fake-program.ts';
import { plainBrowser, startWebChat } from './web-chat.ts';

export const test = base
  .extend('program', () => fakeProgram())
  .extend('chat', async ({ program }, { onCleanup }) => {
    const chat = await startWebChat(program);
    onCleanup(() => chat.close());
    return chat;
  })
  .extend('browser', ({ chat }) => plainBrowser(chat.url));
