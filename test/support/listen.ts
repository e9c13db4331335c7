/** Serves an Express app on a free port of this machine until the test is done with it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

export interface Listening {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function listen(mount: (app: Express, url: string) => void): Promise<Listening> {
  const app = express().disable('x-powered-by');
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const url = `http://localhost:${address.port}`;
  mount(app, url);
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
