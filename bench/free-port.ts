/** A port of this machine that nobody listens on, for a process that must be told which. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { listen } from '../src/platform/listening.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  server.close();
  await once(server, 'close');
  return port;
}
