/** The web chat on a port of its own, and a browser without JavaScript to speak to it. */

import type { Desk } from '../../../adapters/web/desk.ts';
import { webRouter } from '../../../adapters/web/web-router.ts';
import type { Receive } from '../../../src/channel.ts';
import { systemAmbient } from '../../../src/platform/ambient.ts';
import { createLog } from '../../../src/platform/log.ts';
import { listen } from '../../support/listen.ts';
import { pageWords } from '../../support/page-words.ts';

export interface WebChat {
  readonly url: string;
  readonly logged: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startWebChat(program: {
  readonly desk: Desk;
  readonly receive: Receive;
  readonly secureCookies?: boolean;
  readonly stopping?: AbortSignal;
  /** Every log line, as text. */
  readonly logged?: (line: string) => void;
}): Promise<WebChat> {
  const logged: string[] = [];
  const keep = (line: string) => {
    logged.push(line);
    program.logged?.(line);
  };
  const listening = await listen((app, url) => {
    app.use(
      webRouter({
        secureCookies: false,
        ...program,
        ambient: systemAmbient,
        log: createLog({ destination: { write: keep } }),
        publicUrl: url,
        organisation: 'Bury Council',
        words: pageWords,
      }),
    );
  });
  return { ...listening, logged };
}

export interface Page {
  readonly status: number;
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

export interface PlainBrowser {
  cookie: string;
  /** The page that is open. */
  readonly page: () => Page;
  readonly open: (path: string, headers?: Record<string, string>) => Promise<Page>;
  /** Posts these fields, with the id of the page that is open unless one is given. */
  readonly post: (fields: Fields, path?: string, headers?: Record<string, string>) => Promise<Page>;
  /** Taps the button with these words. */
  readonly tap: (label: string) => Promise<Page>;
  readonly begin: (language?: string) => Promise<Page>;
  /** The value of a hidden field of the page that is open. */
  readonly hidden: (name: string) => string;
}

type Fields = readonly (readonly [string, string])[];

/** Keeps the cookie and follows redirects, as a browser without JavaScript does. */
export function plainBrowser(base: string, chat = '/chat/park'): PlainBrowser {
  let page: Page | undefined;

  const browser: PlainBrowser = {
    cookie: '',
    page: () => {
      if (page === undefined) throw new Error('No page is open');
      return page;
    },
    open: (path, headers = {}) => request(path, { headers }),
    post: (fields, path = chat, headers = {}) => {
      const body = new URLSearchParams(
        fields.map(([name, value]): [string, string] => [name, value]),
      );
      if (!body.has('id')) body.set('id', browser.hidden('id'));
      return request(path, { method: 'POST', body, headers });
    },
    tap: (label) => {
      const [name, value] = buttonOf(browser.page().html, label);
      const target = [
        ['step', browser.hidden('step')],
        ['revision', browser.hidden('revision')],
      ] as const;
      if (name === 'choice') return browser.post([[name, value], ...target]);
      const command = name === 'language' ? [['command', 'language'] as const] : [];
      return browser.post([[name, value], ...command]);
    },
    begin: async (language = 'en') => {
      await browser.open(`${chat}?language=${language}`);
      return browser.post([
        ['begin', '1'],
        ['language', language],
      ]);
    },
    hidden: (name) =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page?.html ?? '')?.[1] ?? '',
  };
  return browser;

  async function request(
    path: string,
    init: RequestInit & { readonly headers: Record<string, string> },
  ): Promise<Page> {
    const headers = new Headers(init.headers);
    if (browser.cookie !== '') headers.set('Cookie', browser.cookie);
    const response = await fetch(new URL(path, base), { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      browser.cookie = pair.endsWith('=') ? '' : pair;
    }
    const location = response.headers.get('location');
    if (location !== null) {
      await response.body?.cancel();
      return request(location, { headers: {} });
    }
    const html = await response.text();
    page = { status: response.status, url: response.url, html, headers: response.headers };
    return page;
  }
}

function buttonOf(html: string, label: string): readonly [name: string, value: string] {
  for (const [, name = '', value = '', inside = ''] of html.matchAll(
    /<button[^>]*name="(\w+)" value="([^"]*)"[^>]*>(.*?)<\/button>/gs,
  )) {
    const words = inside.replaceAll(/<[^>]*>/g, '').trim();
    if (words === label) return [name, value];
  }
  throw new Error(`The page has no button ${label}`);
}
