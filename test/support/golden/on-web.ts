/**
 * A golden conversation on a page, in a browser without JavaScript: forms are posted with the cookie,
 * and the page that comes back is read. The keyword stands for the code on the poster that leads there.
 */
import { type PlainBrowser, plainBrowser } from '../../adapters/web/web-chat.ts';
import type { Program } from './program.ts';
import { asLines, FIELD, type Talk } from './talk.ts';

export function onWeb({ url }: Program, keyword: string): Talk {
  const browser = plainBrowser(url, `/chat/${keyword.toLowerCase()}`);
  const shown = () => read(browser);
  return {
    address: () => browser.cookie.replace(/^[^=]*=/, ''),
    say: async (text) => {
      if (browser.cookie === '') {
        if (text.toLowerCase() !== keyword.toLowerCase())
          throw new Error('Nobody can write on a page before the chat has begun');
        await browser.begin();
      } else await browser.post([['text', text]]);
      return shown();
    },
    tap: async ([label = '', ...others]) => {
      if (others.length > 0 || isPicked(browser, label)) {
        const values = [label, ...others].map((one) => ['choice', valueOf(browser, one)] as const);
        const target = ['step', 'revision'].map((name) => [name, browser.hidden(name)] as const);
        await browser.post([...target, ...values]);
      } else await browser.tap(label);
      return shown();
    },
  };
}

function read(browser: PlainBrowser): string {
  const { status, html } = browser.page();
  if (status !== 200) throw new Error(`The page answers ${status}`);
  const messages = part(html, /<div id="log".*?(?=<p id="trouble")/s);
  const answer = part(html, /<form class="answer".*?<\/form>/s);
  const keys = part(html, /<form class="keys".*?<\/form>/s);
  const [, low, high] =
    /class="options-ends"[^>]*><span>(.*?)<\/span><span>(.*?)<\/span>/s.exec(answer) ?? [];
  return asLines({
    words: [
      ...all(messages.replaceAll(/<span class="message__who".*?<\/span><\/span>/gs, ''), LINE),
      ...(low === undefined || high === undefined ? [] : [`${plain(low)} … ${plain(high)}`]),
    ],
    options: [
      ...[...answer.matchAll(/data-label="([^"]*)"/g)].map(([, label = '']) => plain(label)),
      ...all(answer, /<option value="[^"]+">(.*?)<\/option>/gs),
      ...(/<textarea|inputmode="numeric"/.test(answer) ? [FIELD] : []),
    ],
    keys: [...keys.matchAll(/<button[^>]*name="command" value="(\w+)">(.*?)<\/button>/gs)].map(
      ([, command = '', label = '']) => ({ command, label: plain(label) }),
    ),
  });
}

const LINE = /<(?:p|li)[^>]*>(.*?)<\/(?:p|li)>/gs;

function part(html: string, what: RegExp): string {
  return what.exec(html)?.[0] ?? '';
}

function all(html: string, what: RegExp): readonly string[] {
  return [...html.matchAll(what)].map(([, inside = '']) => plain(inside));
}

function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim();
}

/** In a list to open or among boxes to tick, where nothing is pressed. */
function isPicked(browser: PlainBrowser, label: string): boolean {
  return picks(browser).some(([, words]) => words === label);
}

function valueOf(browser: PlainBrowser, label: string): string {
  const found = picks(browser).find(([, words]) => words === label);
  if (found === undefined) throw new Error(`The page does not offer ${label}`);
  return found[0];
}

function picks(browser: PlainBrowser): readonly (readonly [value: string, label: string])[] {
  const { html } = browser.page();
  return [
    ...html.matchAll(/<option value="([^"]+)">(.*?)<\/option>/gs),
    ...html.matchAll(/type="checkbox" name="choice" value="([^"]+)" data-label="([^"]*)"/g),
  ].map(([, value = '', label = '']) => [value, plain(label)]);
}
