/**
 * Server-sent events for an open chat page: where the conversation stands, at once and whenever
 * something was said. Each event carries the whole latest exchange, so a page that lost its
 * connection has missed nothing once it is back.
 */
import type { Request, Response } from 'express';
import type { ChatPages } from './chat-pages.ts';
import type { Card, Desk } from './desk.ts';
import { isFromOurPage } from './same-origin.ts';
import type { Sessions } from './session.ts';

const HEARTBEAT_MS = 25_000;
/** Several tabs are fine; a flood of connections is not. */
const MOST_STREAMS_OF_ONE = 6;

interface StreamParts {
  readonly desk: Desk;
  readonly pages: ChatPages;
  readonly sessions: Sessions;
  readonly publicUrl: string;
  readonly stopping?: AbortSignal;
  readonly cardIn: (keyword: string, language?: string) => Promise<Card | undefined>;
}

export function openEventStream({
  desk,
  pages,
  sessions,
  publicUrl,
  stopping,
  cardIn,
}: StreamParts) {
  const open = new Map<string, number>();

  return async function stream(
    request: Request<{ keyword: string }>,
    response: Response,
  ): Promise<void> {
    const address = sessions.read(request);
    const streams = address === undefined ? 0 : (open.get(address) ?? 0);
    const known = address !== undefined && (await desk.current(address)) !== undefined;
    const welcome = known && streams < MOST_STREAMS_OF_ONE && stopping?.aborted !== true;
    // 204 tells a browser not to come back.
    if (!welcome || !isFromOurPage(request.headers, publicUrl)) {
      response.status(204).end();
      return;
    }
    if (response.closed) return;
    open.set(address, streams + 1);
    response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    response.write('retry: 3000\n\n');

    const tell = oneAtATime(async () => {
      const current = await desk.current(address);
      if (current === undefined) return void response.write('event: gone\ndata: {}\n\n');
      const card = await cardIn(request.params.keyword, current.language);
      if (card === undefined || response.writableEnded) return;
      response.write(`event: said\ndata: ${JSON.stringify(pages.fragments(card, current))}\n\n`);
    }, stop);
    const unsubscribe = desk.subscribe(address, tell);
    const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
    stopping?.addEventListener('abort', stop);
    response.once('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      stopping?.removeEventListener('abort', stop);
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    tell();

    function stop(): void {
      response.end();
    }
  };
}

/** Runs the work after each call, never twice at a time; calls meanwhile become one more run. */
function oneAtATime(work: () => Promise<void>, failed: () => void): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  }
  return () => {
    if (running) again = true;
    // The page connects again by itself; what it missed comes then.
    else run().catch(failed);
  };
}
