/**
 * Remembers which inbound messages the provider may now forget, a batch at a time, so that a turn
 * costs no third statement. What a crash loses here the sweep finds in the provider's own list.
 */
import type { ChannelName } from '../channel.ts';
import type { Queryable } from '../platform/postgres.ts';

export interface CopyLedger {
  readonly add: (channel: ChannelName, providerId: string) => void;
  /** Writes what is waiting. */
  readonly flush: () => Promise<void>;
}

export interface CopyLedgerOptions {
  readonly db: Queryable;
  readonly onError: (error: unknown) => void;
}

const FLUSH_AFTER_MS = 2_000;
/** With the database away for long, the rest is left to the sweep. */
const MOST_WAITING = 50_000;

export function createCopyLedger({ db, onError }: CopyLedgerOptions): CopyLedger {
  let waiting = new Map<string, ChannelName>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const batch = waiting;
    if (batch.size === 0) return;
    waiting = new Map();
    try {
      await db.query({
        name: 'copies-note',
        text: NOTE,
        values: [[...batch.values()], [...batch.keys()]],
      });
    } catch (error) {
      for (const [id, channel] of batch) if (waiting.size < MOST_WAITING) waiting.set(id, channel);
      onError(error);
      wake();
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };

  const wake = (): void => {
    timer ??= setTimeout(flush, FLUSH_AFTER_MS).unref();
  };

  return {
    add: (channel, providerId) => {
      if (waiting.size >= MOST_WAITING) return;
      waiting.set(providerId, channel);
      wake();
    },
    flush,
  };
}

/** In the order of the ids, which are random: not in the order in which people wrote. */
const NOTE = `
  insert into delivery.provider_copy (channel, provider_id)
  select channel, provider_id from unnest($1::text[], $2::text[]) as c (channel, provider_id)
  order by provider_id on conflict do nothing`;
