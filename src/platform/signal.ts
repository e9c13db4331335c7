/**
 * Tells every node that something changed, over LISTEN and NOTIFY. A payload is an opaque id that
 * means nothing outside the database: it must never hold a number, a name or any part of an answer,
 * because Postgres keeps it in a queue that all sessions read. Signals hurry a look at the tables
 * along; what they say may be lost, so nobody may rely on them alone.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Queryable } from './postgres.ts';

export type Signal =
  | { readonly kind: 'signal'; readonly payload: string }
  /** The connection was away for a while: look for yourself. */
  | { readonly kind: 'gap' };

export async function publish(db: Queryable, topic: string, payload: string): Promise<void> {
  if (payload.length > LONGEST_PAYLOAD) throw new Error('A signal carries an id, nothing longer');
  await db.query('select pg_notify($1, $2)', [channelOf(topic), payload]);
}

export interface Subscription {
  readonly stop: () => Promise<void>;
}

/** Resolves once listening; from then on reconnects by itself. */
export async function subscribe(
  url: string,
  topic: string,
  handler: (signal: Signal) => void,
): Promise<Subscription> {
  const channel = channelOf(topic);
  const stopping = new AbortController();
  let client = await listening(url, channel, handler, lost);
  function lost(): void {
    void reconnect();
  }
  async function reconnect(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await sleep(RETRY_MS, undefined, { signal: stopping.signal });
        client = await listening(url, channel, handler, lost);
        if (stopping.signal.aborted) await client.end();
        else handler({ kind: 'gap' });
        return;
      } catch {
        // Still away: try again until stopped.
      }
    }
  }
  return {
    stop: async () => {
      stopping.abort();
      await client.end().catch(() => {});
    },
  };
}

const LONGEST_PAYLOAD = 200;
const RETRY_MS = 500;

function channelOf(topic: string): string {
  if (!/^[a-z][a-z_]{0,39}$/.test(topic)) throw new Error('A topic is one word in small letters');
  return `heard_${topic}`;
}

async function listening(
  url: string,
  channel: string,
  handler: (signal: Signal) => void,
  lost: () => void,
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'heard signals',
    keepAlive: true,
  });
  let ready = false;
  // A broken connection says so by `end`; before it was ready, `connect` itself fails.
  client.on('error', () => {});
  client.on('end', () => {
    if (ready) lost();
  });
  client.on('notification', ({ payload }) => handler({ kind: 'signal', payload: payload ?? '' }));
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
  } catch (cause) {
    await client.end().catch(() => {});
    throw new Error('Could not listen for signals', { cause });
  }
  ready = true;
  return client;
}
