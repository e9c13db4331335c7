/**
 * Keeps account of replies that rode on a webhook's own response. Each was written with its turn as
 * `attempting`; when it has been handed to the socket it joins a batched update to `accepted`, so
 * that a turn costs no third statement. What could not be written yet is kept and tried again.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface ReplyLedger {
  readonly handedOver: (outboxId: string) => void;
  /** The connection closed first: a repeated webhook gets the same text again. */
  readonly notHandedOver: (outboxId: string) => void;
  /** Writes what is waiting. At a stop, call it last. */
  readonly flush: () => Promise<void>;
}

export interface ReplyLedgerOptions {
  readonly db: Queryable;
  /** The bucket of each channel's sender: replies use up its rate, so that broadcasts make room. */
  readonly senders: ReadonlyMap<string, string>;
  /** Something broke; the replies are kept and tried again. */
  readonly onError: (error: unknown) => void;
}

const FLUSH_AFTER_MS = 75;
const FLUSH_AT = 500;

export function createReplyLedger(options: ReplyLedgerOptions): ReplyLedger {
  let over = new Set<string>();
  let notOver = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeWaiting);
    return writing;
  };

  const writeWaiting = async (): Promise<void> => {
    const [accepted, unsent] = [over, notOver];
    if (accepted.size + unsent.size === 0) return;
    over = new Set();
    notOver = new Set();
    try {
      await write(options, [...accepted], [...unsent]);
    } catch (error) {
      for (const id of accepted) over.add(id);
      for (const id of unsent) notOver.add(id);
      options.onError(error);
      wake();
    }
  };

  const wake = (): void => {
    timer ??= setTimeout(flush, FLUSH_AFTER_MS).unref();
  };

  const add = (ids: Set<string>, id: string): void => {
    ids.add(id);
    if (over.size + notOver.size >= FLUSH_AT && timer !== undefined) void flush();
    else wake();
  };

  return {
    handedOver: (id) => add(over, id),
    notHandedOver: (id) => add(notOver, id),
    flush,
  };
}

async function write(
  { db, senders }: ReplyLedgerOptions,
  accepted: readonly string[],
  unsent: readonly string[],
): Promise<void> {
  if (unsent.length > 0) await db.query({ name: 'outbox-unsent', text: UNSENT, values: [unsent] });
  if (accepted.length === 0) return;
  const { rows } = await db.query<{ channel: string; parts: string }>({
    name: 'outbox-handed-over',
    text: HANDED_OVER,
    values: [accepted],
  });
  for (const { channel, parts } of rows) {
    const sender = senders.get(channel);
    if (sender !== undefined)
      await db.query({ name: 'outbox-charge', text: CHARGE, values: [sender, Number(parts)] });
  }
}

const UNSENT = `update delivery.outbox set unsent = true
  where id = any($1::bigint[]) and state = 'attempting'`;

/** The web keeps its last reply for a page that is loaded again (last-reply.ts). */
const HANDED_OVER = `
  with accepted as (
    update delivery.outbox
    set state = 'accepted', was_accepted = true, unsent = false, ended_on = current_date,
        body_ct = case when channel = 'web' then body_ct end,
        key_day = case when channel = 'web' then key_day end
    where id = any($1::bigint[]) and state in ('attempting', 'unknown')
    returning id, person_id, channel, parts
  ),
  shown_before as (
    update delivery.outbox earlier set body_ct = null, key_day = null
    from accepted
    where accepted.channel = 'web' and earlier.channel = 'web' and earlier.body_ct is not null
      and earlier.person_id = accepted.person_id and earlier.id < accepted.id
      and earlier.state = 'accepted'
  )
  select channel, sum(parts) as parts from accepted group by channel`;

const CHARGE = 'update delivery.bucket set tokens = tokens - $2 where sender = $1';
