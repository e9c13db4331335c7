/**
 * The web chat over HTTP: for a person behind a QR code and for a newcomer trying the program.
 * Looking at a page creates nothing; a conversation begins with a button. Nothing of it may be
 * kept by a browser or a proxy, and no address or answer reaches a log.
 */
import { fileURLToPath } from 'node:url';
import express, { type Request, Router } from 'express';
import type { Receive } from '../../src/channel.ts';
import type { Ambient } from '../../src/platform/ambient.ts';
import type { Log } from '../../src/platform/log.ts';
import { createPageRenderer } from '../../src/platform/pages/page-renderer.ts';
import type { PageWords } from '../../src/platform/pages/page-words.ts';
import { securityHeaders } from '../../src/platform/pages/security-headers.ts';
import { readStaticAssets } from '../../src/platform/pages/static-assets.ts';
import { chatPath, createChatPages } from './chat-pages.ts';
import type { Card, Desk } from './desk.ts';
import { openEventStream } from './event-stream.ts';
import { createFollow } from './follow.ts';
import { createProblems } from './problems.ts';
import { isFromOurPage } from './same-origin.ts';
import { createSay } from './say.ts';
import { createSessions } from './session.ts';
import { wantsParts } from './wants-parts.ts';

export interface WebChatOptions {
  readonly desk: Desk;
  readonly receive: Receive;
  /** Whether the public address is https: the cookie is then bound to this host. */
  readonly secureCookies: boolean;
  readonly ambient: Ambient;
  readonly log: Pick<Log, 'error'>;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly organisation: string;
  readonly words: PageWords;
  /** Ends the open event streams, so that the server can stop. */
  readonly stopping?: AbortSignal;
}

/** A long answer in a script that takes nine bytes a letter in a form still fits. */
const MOST_BYTES = '64kb';

const here = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));

export function webRouter(options: WebChatOptions): Router {
  const { desk, publicUrl, organisation } = options;
  const assets = readStaticAssets([here('assets')]);
  const render = createPageRenderer({ templates: [here('templates')], assets, organisation });
  const pages = createChatPages({ ...options, render });
  const problems = createProblems({ ...options, render });
  const sessions = createSessions({ secure: options.secureCookies, ambient: options.ambient });
  const parts = { ...options, pages, problems, sessions };

  const chat = Router();
  chat.use(securityHeaders({ secure: options.secureCookies }));
  chat.use((request, response, next) => {
    response.set('Cache-Control', 'no-store');
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && !isFromOurPage(request.headers, publicUrl)) {
      problems.show(request, response, 'elsewhere');
      return;
    }
    next();
  });
  chat.use(
    express.raw({ type: 'application/x-www-form-urlencoded', limit: MOST_BYTES, inflate: false }),
  );

  chat.get('/:keyword', async (request, response) => {
    const card = await cardFor(request);
    if (card === undefined) return problems.show(request, response, 'no-chat');
    const address = sessions.read(request);
    const current = address === undefined ? undefined : await desk.current(address);
    if (current !== undefined && isSame(current.keyword, card.keyword)) {
      const spoken = await inLanguage(card, current.language);
      if (wantsParts(request)) return response.json(pages.fragments(spoken, current));
      const followed = request.query['follow'] === 'kept';
      const follow = followed ? ({ result: 'kept' } as const) : undefined;
      response.send(pages.chat(spoken, current, follow));
      return;
    }
    if (wantsParts(request)) return response.status(409).json({ gone: true });
    const elsewhere = current === undefined || current.ended ? {} : { elsewhere: current.keyword };
    response.vary('Accept-Language');
    response.send(
      pages.start(card, { cleared: request.query['cleared'] !== undefined, ...elsewhere }),
    );
  });

  chat.get('/:keyword/poster', async (request, response) => {
    const card = await cardFor(request);
    if (card === undefined) return problems.show(request, response, 'no-chat');
    response.send(pages.poster(card));
  });

  chat.get('/:keyword/events', openEventStream({ ...parts, cardIn: desk.card }));
  chat.post('/:keyword', createSay(parts));
  chat.post('/:keyword/follow', createFollow(parts));
  chat.post('/:keyword/clear', async (request, response) => {
    const address = sessions.read(request);
    // Before anything that can fail: what matters most is that this device forgets.
    sessions.end(response);
    response.set('Clear-Site-Data', '"cache", "storage"');
    if (address !== undefined) await desk.clear(address);
    response.redirect(303, `${chatPath(request.params.keyword)}?cleared=1`);
  });
  chat.use(problems.handler);

  async function cardFor(request: Request<{ keyword: string }>): Promise<Card | undefined> {
    const asked = request.query['language'];
    const card = await desk.card(
      request.params.keyword,
      typeof asked === 'string' ? asked : undefined,
    );
    if (card === undefined || typeof asked === 'string') return card;
    // Easy words are chosen, never guessed from the browser's languages.
    const codes = card.languages.map(({ code }) => code).filter((code) => !code.endsWith('-easy'));
    const wanted = request.headers['accept-language'] && request.acceptsLanguages(codes);
    return wanted ? inLanguage(card, wanted) : card;
  }

  async function inLanguage(card: Card, language: string): Promise<Card> {
    if (card.language === language) return card;
    return (await desk.card(card.keyword, language)) ?? card;
  }

  const router = Router();
  router.use(assets.router);
  router.use('/chat', chat);
  return router;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
