/**
 * The open pages: what can be joined now, what was asked before and what happened because of it,
 * what is kept of people, where officers sign in, and what machines ask (is it alive, is it ready, its figures). They show
 * only what is handed to them, rounded already; nothing here knows a person.
 */

import { fileURLToPath } from 'node:url';
import { type ErrorRequestHandler, type Request, Router } from 'express';
import type { Log } from '../platform/log.ts';
import { createPageRenderer } from '../platform/pages/page-renderer.ts';
import type { PageWords } from '../platform/pages/page-words.ts';
import { securityHeaders } from '../platform/pages/security-headers.ts';
import { readStaticAssets } from '../platform/pages/static-assets.ts';
import { type MachinePagesOptions, machinePages } from './machine-pages.ts';
import { operatorCommands } from './operator-commands.ts';

export interface PublicPagesOptions extends MachinePagesOptions {
  readonly organisation: string;
  readonly words: PageWords;
  /** Whether the public address is https. */
  readonly secure: boolean;
  readonly openChats: (language: string) => Promise<readonly OpenChat[]>;
  /** Newest first. */
  readonly saidAndDone: (language: string) => Promise<readonly Asked[]>;
  /** The ISO date of today where the organisation is. */
  readonly today: () => string;
  /** What the page on privacy must speak of. */
  readonly privacy: PrivacyFacts;
  readonly log: Pick<Log, 'error'>;
}

export interface PrivacyFacts {
  /** Which channels are on, beside the web. */
  readonly channels: Readonly<Record<'sms' | 'discord' | 'teams', boolean>>;
  /** Whether anybody can be shown what tells of harm. */
  readonly hasLead: boolean;
}

export interface OpenChat {
  readonly keyword: string;
  readonly title: string;
  readonly asks: string;
  /** The code of the language that these texts are in. */
  readonly language: string;
}

/** One consultation on "You said, we did". */
export interface Asked {
  /** What an address of this entry ends in: /said-and-done#anchor. */
  readonly anchor: string;
  readonly title: string;
  readonly asks: string;
  /** The texts of its questions, in order. */
  readonly questions: readonly string[];
  readonly decides: string;
  readonly state: 'open' | 'closed';
  /** For joining, while it is open. */
  readonly keyword: string;
  /** Rounded; undefined while too few answered to say. */
  readonly answered: number | undefined;
  /** ISO date. */
  readonly feedbackBy: string;
  /** What everyone who took part was told, newest first. */
  readonly told: readonly { readonly on: string; readonly text: string }[];
  readonly language: string;
}

export interface PublicPages {
  /** Mount after every other router: what it does not know is a page that is not there. */
  readonly router: Router;
  /** Mount last of all. */
  readonly broken: ErrorRequestHandler;
}

const TEMPLATES = fileURLToPath(new URL('templates', import.meta.url));

export function createPublicPages(options: PublicPagesOptions): PublicPages {
  const { organisation, words } = options;
  const assets = readStaticAssets([]);
  const render = createPageRenderer({ templates: [TEMPLATES], assets, organisation });

  const router = Router();
  router.use(assets.router);
  router.use(machinePages(options));

  router.use(securityHeaders({ secure: options.secure }));
  router.use((_request, response, next) => {
    // Always asked again: what is open, and what was decided, must not be old.
    response.set('Cache-Control', 'no-cache').vary('Accept-Language');
    next();
  });
  router.get('/', async (request, response) => {
    const language = languageOf(request, words);
    const chats = await options.openChats(language.code);
    const data = { chats, languages: words.languages, commands: operatorCommands };
    response.send(render('home.njk', language, data));
  });
  router.get('/said-and-done', async (request, response) => {
    const language = languageOf(request, words);
    const today = options.today();
    const asked = (await options.saidAndDone(language.code)).map((entry) => ({
      ...entry,
      standing: standingOf(entry, today),
    }));
    response.send(render('said-and-done.njk', language, { asked, languages: words.languages }));
  });
  router.get('/privacy', (request, response) => {
    const data = { ...options.privacy, languages: words.languages };
    response.send(render('privacy.njk', languageOf(request, words), data));
  });
  router.get('/officers', (_request, response) => {
    response.redirect('/officers/sign-in');
  });
  router.get('/officers/sign-in', (_request, response) => {
    response.send(render('sign-in.njk', words.in('en'), { commands: operatorCommands }));
  });
  router.use((request, response) => {
    response.status(404).send(messagePage(request, 'not_found'));
  });

  function messagePage(request: Request, name: 'not_found' | 'broken'): string {
    const language = languageOf(request, words);
    return render('plain.njk', language, {
      title: language.say(`${name}_title`),
      text: language.say(`${name}_text`),
      link: { href: '/', text: language.say('front_page') },
    });
  }

  const broken: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const notOurs = error instanceof URIError;
    if (!notOurs) options.log.error('a page could not be shown', { error });
    response.status(notOurs ? 404 : 500).set('Cache-Control', 'no-store');
    response.send(messagePage(request, notOurs ? 'not_found' : 'broken'));
  };
  return { router, broken };
}

/** open, waiting for the decision, late with it, or told. */
function standingOf({ state, told, feedbackBy }: Asked, today: string) {
  if (told.length > 0) return 'told';
  if (feedbackBy < today) return 'late';
  return state === 'open' ? 'open' : 'waiting';
}

function languageOf(request: Request, words: PageWords) {
  const asked = request.query['language'];
  if (typeof asked === 'string') return words.in(asked);
  // Easy words are chosen, never guessed from the browser's languages.
  const codes = words.languages.map(({ code }) => code).filter((code) => !code.endsWith('-easy'));
  return words.in((request.headers['accept-language'] && request.acceptsLanguages(codes)) || 'en');
}
