/**
 * What a person sees when something could not be done: kind, constant words in their language, and
 * the way back to their chat. The reason goes to the log without anything they sent.
 */

import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Log } from '../../src/platform/log.ts';
import type { RenderPage } from '../../src/platform/pages/page-renderer.ts';
import type { PageWords } from '../../src/platform/pages/page-words.ts';
import { chatPath } from './chat-pages.ts';
import { parseForm } from './form.ts';
import { wantsParts } from './wants-parts.ts';

export type Problem = 'no-chat' | 'unread' | 'too-long' | 'elsewhere' | 'broken';

export interface Problems {
  readonly show: (request: Request, response: Response, problem: Problem) => void;
  readonly handler: ErrorRequestHandler;
}

const KINDS = {
  'no-chat': { status: 404, words: 'no_chat' },
  unread: { status: 400, words: 'unread' },
  'too-long': { status: 413, words: 'too_long' },
  elsewhere: { status: 403, words: 'elsewhere' },
  broken: { status: 503, words: 'broken' },
} as const;

export function createProblems(options: {
  readonly render: RenderPage;
  readonly words: PageWords;
  readonly log: Pick<Log, 'error'>;
}): Problems {
  const { render, words, log } = options;

  function show(request: Request, response: Response, problem: Problem): void {
    const kind = KINDS[problem];
    const language = words.in(languageOf(request, words));
    response.status(kind.status).set('Cache-Control', 'no-store');
    if (problem === 'broken') response.set('Retry-After', '5');
    if (wantsParts(request)) {
      response.json({ problem: language.say(`${kind.words}_title`) });
      return;
    }
    const form = problem === 'broken' ? parseForm(request.body) : undefined;
    const path = pathOf(request);
    if (form !== undefined && path !== undefined) {
      const action = `${request.baseUrl}${request.path}`;
      response.send(render('again.njk', language, { action, entries: form.entries }));
      return;
    }
    const link =
      problem === 'no-chat' || path === undefined
        ? { href: '/', text: language.say('front_page') }
        : { href: path, text: language.say('go_to_chat') };
    response.send(
      render('plain.njk', language, {
        title: language.say(`${kind.words}_title`),
        text: language.say(`${kind.words}_text`),
        link,
      }),
    );
  }

  return {
    show,
    handler: (error: unknown, request, response, next) => {
      if (response.headersSent) return next(error);
      const status = statusOf(error);
      if (status === 413) return show(request, response, 'too-long');
      // A path that is not valid UTF-8 names no chat.
      if (status === 400 && error instanceof URIError) return show(request, response, 'no-chat');
      if (status !== undefined && status < 500) return show(request, response, 'unread');
      log.error('the web chat could not answer', { channel: 'web', error });
      show(request, response, 'broken');
    },
  };
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

/** The chat's own path: read from the address, because a route may not have matched yet. */
function pathOf(request: Request): string | undefined {
  try {
    const keyword = decodeURIComponent(request.path.split('/')[1] ?? '');
    return keyword === '' ? undefined : chatPath(keyword);
  } catch {
    return undefined;
  }
}

function languageOf(request: Request, words: PageWords): string | undefined {
  const codes = words.languages.map(({ code }) => code).filter((code) => !code.endsWith('-easy'));
  const asked = request.query['language'];
  if (typeof asked === 'string' && words.languages.some(({ code }) => code === asked)) return asked;
  return (request.headers['accept-language'] && request.acceptsLanguages(codes)) || undefined;
}
