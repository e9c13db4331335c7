/**
 * A connection to the database of its own, for what must be known to have gone with it: session locks
 * that say who lives. Both ends learn within seconds that the other is away.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface WatchedLine {
  readonly query: <Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ) => Promise<readonly Row[]>;
  readonly answers: () => Promise<boolean>;
  /** Resolves when the connection is gone. */
  readonly lost: Promise<void>;
  readonly close: () => Promise<void>;
}

export interface WatchedLineOptions {
  /** As the server shows it among its connections. */
  readonly name: string;
  /** An answer that takes longer counts as none. */
  readonly answerMs: number;
}

export async function openWatchedLine(
  url: string,
  { name, answerMs }: WatchedLineOptions,
): Promise<WatchedLine> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    keepAlive: true,
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
  });
  let isGone = false;
  const lost = new Promise<void>((resolve) => {
    client.on('end', () => {
      isGone = true;
      resolve();
    });
  });
  // A broken connection says so by `end`.
  client.on('error', () => {});
  // A server that is away never says goodbye.
  const close = async (): Promise<void> => {
    await Promise.race([client.end().catch(() => {}), sleep(GOODBYE_MS, undefined, UNHELD)]);
  };
  try {
    await client.connect();
    // The server learns within seconds that the machine at the other end is gone.
    await client.query(
      'set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3',
    );
  } catch (error) {
    await close();
    throw error;
  }
  return {
    query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) =>
      (await client.query<Row>(text, [...values])).rows,
    answers: async () => {
      if (isGone) return false;
      return client.query('select 1').then(
        () => true,
        () => false,
      );
    },
    lost,
    close,
  };
}

const GOODBYE_MS = 1_000;
const UNHELD = { ref: false } as const;
