/**
 * Has the provider delete its copies of our messages, in both directions, once nothing more will
 * become of them; and looks through its own list for what was missed: the replies on webhooks, whose
 * ids nobody tells us, and whatever a crash lost. An attempt of unknown fate must stay listed until
 * it was looked for.
 */
import type { Pool } from 'pg';
import type { Channel, HeldCopy, ProviderCopies } from '../channel.ts';
import type { Queryable } from '../platform/postgres.ts';
import { createPace } from './pace.ts';

export interface CopiesOptions {
  readonly pool: Pool;
  readonly channel: Channel;
  readonly signal?: AbortSignal | undefined;
  readonly perSecond?: number;
}

const PER_SECOND = 50;
const AT_ONCE = 10;
const SLICE = 10_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Deletes the copies whose ids are known. Gives how many are gone. */
export async function dropCopies(options: CopiesOptions): Promise<number> {
  const { pool, channel } = options;
  if (!channel.copies) return 0;
  await noteSettled(pool, channel.name);
  const ids = await dueCopies(pool, channel.name);
  const { gone, later } = await removeAll(options, channel.copies, ids);
  await forgetCopies(pool, channel.name, gone);
  await putOff(pool, channel.name, later);
  return gone.length;
}

/**
 * A row that is settled gives up its provider's id to the list of what must be deleted. What the
 * carrier never reported on is settled after a day.
 */
async function noteSettled(db: Queryable, channel: string): Promise<void> {
  await db.query(
    `with settled as (
       select id, provider_id from delivery.outbox
       where provider_id is not null and channel = $1
         and (state in ('delivered', 'undelivered', 'failed')
              or state in ('accepted', 'sent') and attempted_at < clock_timestamp() - interval '1 day')
       limit $2 for update skip locked
     ),
     noted as (
       update delivery.outbox o set provider_id = null
       from settled where o.id = settled.id returning settled.provider_id
     )
     insert into delivery.provider_copy (channel, provider_id)
     select $1, provider_id from noted order by provider_id on conflict do nothing`,
    [channel, SLICE],
  );
}

async function dueCopies(db: Queryable, channel: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ provider_id: string }>(
    `select provider_id from delivery.provider_copy
     where channel = $1 and not_before <= clock_timestamp() order by not_before limit $2`,
    [channel, SLICE],
  );
  return rows.map((row) => row.provider_id);
}

async function forgetCopies(db: Queryable, channel: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    'delete from delivery.provider_copy where channel = $1 and provider_id = any($2)',
    [channel, ids],
  );
}

const MOST_TRIES = 10;

/** A minute, two, four ... After ten tries what is left is the sweep's, which says so. */
async function putOff(db: Queryable, channel: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `update delivery.provider_copy
     set tries = tries + 1, not_before = clock_timestamp() + interval '1 minute' * 2 ^ tries
     where channel = $1 and provider_id = any($2)`,
    [channel, ids],
  );
  await db.query('delete from delivery.provider_copy where channel = $1 and tries >= $2', [
    channel,
    MOST_TRIES,
  ]);
}

export type Swept =
  | {
      readonly kind: 'swept';
      readonly deleted: number;
      /** Held for more than a day: something kept them from being deleted. Worth an alert. */
      readonly overdue: number;
    }
  | { readonly kind: 'cannot-tell'; readonly reason: string }
  | { readonly kind: 'nothing-to-ask' };

/** Hourly: everything that the provider itself lists, an hour after its end. */
export async function sweepCopies(options: CopiesOptions, now: Date): Promise<Swept> {
  const { pool, channel } = options;
  const { copies } = channel;
  if (!copies) return { kind: 'nothing-to-ask' };
  const overdueFrom = now.getTime() - DAY_MS;
  const before = Math.min(now.getTime() - HOUR_MS, await oldestUnsought(pool, channel.name));
  const isDue = ({ at, settled }: HeldCopy): boolean =>
    at.getTime() < (settled ? before : overdueFrom);
  let deleted = 0;
  let overdue = 0;
  let next: string | undefined;
  do {
    const page = await copies.list(now, next);
    if (page.kind === 'cannot-tell') return page;
    const due = page.copies.filter(isDue).map((one) => one.providerId);
    overdue += page.copies.filter((one) => one.at.getTime() < overdueFrom).length;
    const { gone } = await removeAll(options, copies, due);
    await forgetCopies(pool, channel.name, gone);
    deleted += gone.length;
    if (gone.length < due.length && options.signal?.aborted) break;
    next = page.next;
  } while (next !== undefined);
  return { kind: 'swept', deleted, overdue };
}

/** Infinity when nothing needs to stay for being looked for. */
async function oldestUnsought(db: Queryable, channel: string): Promise<number> {
  const { rows } = await db.query<{ oldest: Date | null }>(
    `select min(attempted_at) - interval '10 minutes' as oldest from delivery.outbox
     where state = 'unknown' and channel = $1 and nonce is not null and sought = 0
       and (body_ct is not null or content_id is not null)
       and attempted_at > clock_timestamp() - interval '1 day'`,
    [channel],
  );
  return rows[0]?.oldest?.getTime() ?? Number.POSITIVE_INFINITY;
}

interface Removed {
  readonly gone: readonly string[];
  readonly later: readonly string[];
}

/** Several at a time, no more a second than agreed. Once the provider is unavailable, no more. */
async function removeAll(
  { signal, perSecond = PER_SECOND }: CopiesOptions,
  copies: ProviderCopies,
  ids: readonly string[],
): Promise<Removed> {
  const pace = createPace(perSecond);
  const waiting = [...ids];
  const gone: string[] = [];
  const later: string[] = [];
  let available = true;
  const lane = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await pace();
      if (!available || signal?.aborted) return;
      const { kind } = await copies.remove(id);
      if (kind === 'gone') gone.push(id);
      else if (kind === 'not-yet') later.push(id);
      else available = false;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { gone, later };
}
