/**
 * Claims the next messages of a channel for one worker. Everything that several processes must
 * agree on (whose turn, the rate, the order for each person, the lease) is decided inside
 * delivery.take (migrations/000007_begin_at_the_claim.sql), by the database's clock.
 */
import type { ChannelName } from '../channel.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { MessageClass } from './classes.ts';
import type { OpenHours } from './hours.ts';

export interface ClaimRequest {
  readonly channel: ChannelName;
  readonly sender: string;
  readonly worker: string;
  /** Parts a second, over all processes. */
  readonly rate: number;
  readonly most: number;
  readonly leaseSeconds: number;
  /** What is not a reply goes in these hours only. */
  readonly openHours: readonly OpenHours[];
  /** The row of each broadcast at which to begin to look (frontier.ts). */
  readonly frontier?: ReadonlyMap<string, string>;
}

export interface ClaimedRow {
  readonly id: string;
  readonly personId: string;
  readonly class: MessageClass;
  readonly broadcastId?: string;
  readonly content: ClaimedContent;
  /** Tries before this one. */
  readonly attempts: number;
  /** Begun already: the attempt was committed with the claim, under this nonce. */
  readonly nonce?: string;
}

export type ClaimedContent =
  | { readonly kind: 'shared'; readonly contentId: string }
  | { readonly kind: 'sealed'; readonly sealed: Buffer; readonly keyDay: string }
  | { readonly kind: 'gone' };

export interface Claimed {
  readonly rows: readonly ClaimedRow[];
  /** The bucket is empty until then. */
  readonly waitMs?: number;
  /** The provider has asked some process of this sender to wait for so long. */
  readonly heldMs?: number;
}

/** How much may go at once after a silence, in seconds of the rate: short, and never under one part. */
const BURST_SECONDS = 0.2;

export async function claim(db: Queryable, request: ClaimRequest): Promise<Claimed> {
  const { rows } = await db.query<Row>({
    name: 'outbox-take',
    text: 'select * from delivery.take($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values: [
      request.channel,
      request.sender,
      request.worker,
      request.rate,
      Math.max(1, request.rate * BURST_SECONDS),
      request.most,
      request.leaseSeconds,
      request.openHours.map(({ hours }) => hours),
      request.openHours.map(({ since }) => since ?? '-infinity'),
      request.openHours.map(({ until }) => until ?? 'infinity'),
      [...(request.frontier?.keys() ?? [])],
      [...(request.frontier?.values() ?? [])],
    ],
  });
  const { wait_ms: waitMs, held_ms: heldMs } = rows[0] ?? { wait_ms: null, held_ms: null };
  if (heldMs !== null) return { rows: [], heldMs };
  return waitMs === null ? { rows: rows.map(claimedRow) } : { rows: [], waitMs };
}

/** The provider asks this sender to wait: no process claims anything for it until then. */
export async function holdSender(db: Queryable, sender: string, ms: number): Promise<void> {
  await db.query({
    name: 'sender-hold',
    text: `update delivery.bucket
           set held_until = greatest(held_until, clock_timestamp() + $2 * interval '1 millisecond')
           where sender = $1`,
    values: [sender, ms],
  });
}

interface Row {
  wait_ms: number | null;
  held_ms: number | null;
  id: string;
  person_id: string;
  class: MessageClass;
  content_id: string | null;
  broadcast_id: string | null;
  body_ct: Buffer | null;
  key_day: string | null;
  attempts: number;
  nonce: string | null;
}

function claimedRow(row: Row): ClaimedRow {
  return {
    id: row.id,
    personId: row.person_id,
    class: row.class,
    content: contentOf(row),
    attempts: row.attempts,
    ...(row.broadcast_id === null ? {} : { broadcastId: row.broadcast_id }),
    ...(row.nonce === null ? {} : { nonce: row.nonce }),
  };
}

function contentOf({ content_id, body_ct, key_day }: Row): ClaimedContent {
  if (content_id !== null) return { kind: 'shared', contentId: content_id };
  if (body_ct === null || key_day === null) return { kind: 'gone' };
  return { kind: 'sealed', sealed: body_ct, keyDay: key_day };
}

/** Gives back what this worker holds and has not begun: at a stop, nobody waits for the lease. */
export async function releaseClaims(db: Queryable, worker: string): Promise<void> {
  await db.query(
    `update delivery.outbox set state = 'planned', worker = null, lease_until = null
     where worker = $1 and state = 'claimed' and lease_until is not null`,
    [worker],
  );
}
