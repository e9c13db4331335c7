/**
 * Runs one node: what it answers over HTTP, and the work that no request asks for. A node may do
 * only one of the two; any number of them share one database and one keys folder.
 */
import { createServer, type Server } from 'node:http';
import type { Heard } from '../app.ts';
import { createListeners } from '../conversation/listeners.ts';
import { createReceive } from '../conversation/receive.ts';
import { listen } from '../platform/listening.ts';
import { subscribe } from '../platform/signal.ts';
import { SAID } from './announcer.ts';
import { holdDiscordGateway } from './discord-gateway.ts';
import { allPages, machinePagesOnly } from './pages.ts';
import { sendWhileUpToDate } from './restored.ts';
import { startTasks } from './tasks.ts';

/** `web` answers people, `worker` sends and sweeps; without one, a node does both. */
export type NodeRole = 'web' | 'worker';

export interface Serving {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export async function serve(heard: Heard, only?: NodeRole): Promise<Serving> {
  const http = only === 'worker' ? await machines(heard) : await people(heard);
  const work = only === 'web' ? [] : [await startTasks(heard), await sendWhileUpToDate(heard)];
  return {
    port: http.port,
    stop: async () => {
      await http.stop();
      for (const one of work.toReversed()) await one.stop();
    },
  };
}

async function machines(heard: Heard): Promise<Serving> {
  const server = createServer(machinePagesOnly(heard));
  const port = await listenOn(server, heard);
  return { port, stop: () => closed(server) };
}

async function people(heard: Heard): Promise<Serving> {
  const listeners = createListeners();
  const said = await subscribe(heard.databaseUrl, SAID, (signal) => {
    if (signal.kind === 'signal') listeners.tell(signal.payload);
    else listeners.tellAll();
  });
  const stopping = new AbortController();
  const receive = createReceive(heard.world);
  const server = createServer(await allPages(heard, receive, listeners, stopping.signal));
  const port = await listenOn(server, heard);
  const gateway = holdDiscordGateway(heard, receive);
  return {
    port,
    stop: async () => {
      stopping.abort();
      await Promise.all([gateway?.stop(), closed(server)]);
      await said.stop();
    },
  };
}

function listenOn(server: Server, { config }: Heard): Promise<number> {
  server.requestTimeout = WHOLE_REQUEST_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return listen(server, config.port);
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
/** Longer than a load balancer keeps one, so that it never sends a request into a closing connection. */
const KEEP_ALIVE_MS = 75_000;
/** The providers give up after fifteen seconds themselves: a slower body is no message. */
const WHOLE_REQUEST_MS = 15_000;
