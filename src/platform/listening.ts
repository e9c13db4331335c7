/** Starts a server listening and says on which port: 0 asks the machine for a free one. */
import type { Server } from 'node:http';

export function listen(server: Server, port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('not a port'));
      else resolve(address.port);
    });
  });
}
