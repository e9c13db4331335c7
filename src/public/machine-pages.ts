/** What machines ask of a node: is it alive, is it ready, its figures. Nothing here knows a person. */
import { Router } from 'express';
import type { Registry } from 'prom-client';

export interface MachinePagesOptions {
  /** Whether the database answers. */
  readonly ready: () => Promise<boolean>;
  /** What an operator should look at, although the node is ready. */
  readonly notes?: () => readonly string[];
  readonly metrics: Pick<Registry, 'metrics' | 'contentType'>;
}

export function machinePages(options: MachinePagesOptions): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  router.get('/readyz', async (_request, response) => {
    const ready = await options.ready().catch(() => false);
    response
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send([ready ? 'ready' : 'not ready', ...(options.notes?.() ?? []), ''].join('\n'));
  });
  router.get('/metrics', async (_request, response) => {
    response.set('Content-Type', options.metrics.contentType);
    response.send(await options.metrics.metrics());
  });
  return router;
}
