/**
 * Serves everything on one port: the channels' webhooks first (they need none of what pages need),
 * then the chat, then the open pages; and keeps the work going that no request asks for.
 */
import { createServer, type Server } from 'node:http';
import express from 'express';
import { smsRouter } from '../../adapters/sms/inbound.ts';
import { webRouter } from '../../adapters/web/web-router.ts';
import type { Heard } from '../app.ts';
import { createChatDesk } from '../conversation/chat-desk.ts';
import { createListeners, type Listeners } from '../conversation/listeners.ts';
import { openChats, saidAndDone } from '../conversation/open-pages.ts';
import { createReceive } from '../conversation/receive.ts';
import { createReportStatus } from '../delivery/status.ts';
import { isoDay } from '../platform/calendar.ts';
import { listen } from '../platform/listening.ts';
import { subscribe } from '../platform/signal.ts';
import { createPublicPages } from '../public/public-pages.ts';
import { SAID } from './announcer.ts';
import { startDispatching } from './dispatching.ts';
import { createMetrics } from './metrics.ts';
import { readPageWords } from './page-words-file.ts';
import { startTasks } from './tasks.ts';

export interface Serving {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export async function serve(heard: Heard): Promise<Serving> {
  const listeners = createListeners();
  const said = await subscribe(heard.databaseUrl, SAID, (signal) => {
    if (signal.kind === 'signal') listeners.tell(signal.payload);
    else listeners.tellAll();
  });
  const stopping = new AbortController();
  const server = createServer(await pages(heard, listeners, stopping.signal));
  server.requestTimeout = WHOLE_REQUEST_MS;
  const port = await listen(server, heard.config.port);
  const tasks = await startTasks(heard);
  const dispatching = startDispatching(heard);
  return {
    port,
    stop: async () => {
      stopping.abort();
      await closed(server);
      await dispatching.stop();
      await tasks.stop();
      await said.stop();
    },
  };
}

async function pages(
  heard: Heard,
  listeners: Listeners,
  stopping: AbortSignal,
): Promise<express.Express> {
  const { config, world } = heard;
  const words = await readPageWords();
  const receive = createReceive(world);
  const secure = config.publicUrl.startsWith('https:');
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  if (config.sms) {
    const reportStatus = createReportStatus({
      pool: world.pool,
      onOptOut: (personId) => world.contacts.stop(world.pool, personId, 'carrier'),
    });
    const { publicUrl } = config;
    app.use(smsRouter({ ...config.sms, publicUrl, receive, reportStatus, log: heard.log }));
  }
  app.use(
    webRouter({
      desk: createChatDesk(world, listeners),
      receive,
      secureCookies: secure,
      ambient: world.ambient,
      log: heard.log,
      publicUrl: config.publicUrl,
      organisation: config.organisation,
      words,
      stopping,
    }),
  );
  const open = createPublicPages({
    organisation: config.organisation,
    words,
    secure,
    openChats: (language) => openChats(world, language),
    saidAndDone: (language) => saidAndDone(world, language),
    ready: async () => (await world.pool.query('select 1')).rowCount === 1,
    metrics: createMetrics(world.pool),
    today: () => isoDay(world.ambient.now(), world.installation.timeZone),
    log: heard.log,
  });
  app.use(open.router);
  app.use(open.broken);
  return app;
}

/** Lets what is under way end; pages that only listen are let go. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  });
}

const GRACE_MS = 2_000;
/** The providers give up after fifteen seconds themselves: a slower body is no message. */
const WHOLE_REQUEST_MS = 15_000;
