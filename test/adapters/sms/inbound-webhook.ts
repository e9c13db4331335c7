/** The webhook that texts come to, started anew for each test of a file, and what stands behind it. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { Receive } from '../../../src/channel.ts';
import { startWebhook, type Webhook } from './sms-webhook.ts';

export const INBOUND = '/channels/sms/inbound';

/** `receive` is silent and `log` empty at the beginning of each test. */
export function inboundOfThisFile() {
  const receive = vi.fn<Receive>();
  const log: string[] = [];
  let started: Webhook;
  beforeEach(async () => {
    receive.mockReset().mockResolvedValue({ kind: 'silence' });
    log.length = 0;
    started = await startWebhook({ receive, logged: (line) => log.push(line) });
  });
  afterEach(() => started.close());
  const webhook: Webhook = {
    get port() {
      return started.port;
    },
    post: (path, params, options) => started.post(path, params, options),
    close: () => started.close(),
  };
  return { receive, log, webhook };
}
