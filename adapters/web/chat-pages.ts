/**
 * The pages of one chat, from a card and from where the conversation stands. Every page carries a
 * fresh id for the next message; none of them is kept by a browser.
 */
import type { Ambient } from '../../src/platform/ambient.ts';
import type { RenderPage } from '../../src/platform/pages/page-renderer.ts';
import type { PageLanguage, PageWords } from '../../src/platform/pages/page-words.ts';
import type { Card, Current } from './desk.ts';
import { toExchange } from './exchange.ts';
import { keysOf } from './keys-of-page.ts';
import { qrCode } from './qr-code.ts';

export interface ChatPages {
  readonly start: (card: Card, options: StartOptions) => string;
  readonly chat: (card: Card, current: Current, follow?: Follow) => string;
  readonly poster: (card: Card) => string;
  readonly fragments: (card: Card, current: Current) => Fragments;
}

export interface StartOptions {
  readonly cleared: boolean;
  /** The keyword of a conversation that is under way elsewhere. */
  readonly elsewhere?: string;
}

export interface Follow {
  readonly result: 'kept' | 'bad-number' | 'too-many';
  /** What was typed, to put it right. */
  readonly number?: string;
}

/** What a page that is already open needs to go on. */
export interface Fragments {
  readonly mark: string;
  readonly messages: string;
  readonly answer: string;
  /** The page's own language: when it changes the page is loaded anew. */
  readonly language: string;
  readonly ended: boolean;
}

export function chatPath(keyword: string): string {
  return `/chat/${encodeURIComponent(keyword.toLowerCase())}`;
}

export function createChatPages(options: {
  readonly render: RenderPage;
  readonly words: PageWords;
  readonly ambient: Ambient;
  readonly publicUrl: string;
}): ChatPages {
  const { render, words, ambient, publicUrl } = options;
  const freshId = () => Buffer.from(ambient.bytes(16)).toString('base64url');

  function chatData(card: Card, current: Current, language: PageLanguage, follow?: Follow) {
    const exchange = toExchange(current, publicUrl);
    return {
      card,
      exchange,
      path: chatPath(card.keyword),
      id: freshId(),
      spoken: current.language,
      ended: current.ended,
      keys: keysOf(exchange, current, language),
      follow: { number: '', ...follow },
      ...outcomeLink(current, publicUrl),
    };
  }

  return {
    start: (card, { cleared, elsewhere }) =>
      render('start.njk', words.in(card.language), {
        card,
        cleared,
        ...(elsewhere === undefined ? {} : { elsewhere: chatPath(elsewhere) }),
        path: chatPath(card.keyword),
        id: freshId(),
      }),
    chat: (card, current, follow) => {
      const language = words.in(current.language);
      return render('chat.njk', language, chatData(card, current, language, follow));
    },
    fragments: (card, current) => {
      const language = words.in(current.language);
      const data = chatData(card, current, language);
      return {
        mark: data.exchange.mark,
        messages: render('messages.njk', language, data),
        answer: render('answer.njk', language, data),
        language: language.code,
        ended: current.ended,
      };
    },
    poster: (card) => {
      const address = `${publicUrl}${chatPath(card.keyword)}`;
      return render('poster.njk', words.in(card.language), {
        card,
        path: `${chatPath(card.keyword)}/poster`,
        code: qrCode(address),
        address: withoutScheme(address),
      });
    },
  };
}

function outcomeLink({ outcomeUrl }: Current, publicUrl: string) {
  if (outcomeUrl === undefined) return {};
  const url = new URL(outcomeUrl, publicUrl);
  const own = url.origin === new URL(publicUrl).origin;
  return {
    outcomeUrl: own ? `${url.pathname}${url.search}${url.hash}` : url.href,
    outcomeText: withoutScheme(`${url.origin}${url.pathname}`),
  };
}

function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\//, '');
}
