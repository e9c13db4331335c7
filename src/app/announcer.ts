/**
 * Tells every node that something was said to a person on the web. What travels is the person's
 * opaque id. A page that misses it still shows everything at its next look.
 */
import type { Pool } from 'pg';
import type { Log } from '../platform/log.ts';
import { publish } from '../platform/signal.ts';

export const SAID = 'heard_said';

export function announcer(pool: Pool, log: Log): (personId: string) => void {
  return (personId) => {
    publish(pool, SAID, personId).catch((error: unknown) => {
      log.warn('open pages could not be told', { error });
    });
  };
}
