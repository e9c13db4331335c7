/**
 * Plans messages: rows that the dispatcher will send. A broadcast is a frozen list, one row for
 * each person and place in the sequence; planning it twice plans it once. It must never be given
 * an address or a text that differs by what somebody answered.
 */
import type { ChannelName } from '../channel.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type MessageClass, priorityOf } from './classes.ts';

/** One text that many rows share. */
export interface Content {
  readonly id: string;
  readonly prompts: readonly Prompt[];
  /** What it costs in the channel's unit. */
  readonly parts: number;
}

export async function saveContent(tx: Queryable, { id, prompts, parts }: Content): Promise<void> {
  await tx.query('insert into delivery.content (id, prompts, parts) values ($1, $2, $3)', [
    id,
    JSON.stringify(prompts),
    parts,
  ]);
}

/** A message of its own: a reminder, a resent reply. */
export interface PlannedMessage {
  readonly personId: string;
  readonly channel: ChannelName;
  readonly class: MessageClass;
  readonly parts: number;
  readonly body:
    | { readonly sealed: Uint8Array; readonly keyDay: string }
    | { readonly contentId: string };
  /** Not before this many milliseconds from now, by the database's clock. */
  readonly delayMs?: number;
}

export async function plan(tx: Queryable, messages: readonly PlannedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `insert into delivery.outbox
       (person_id, channel, class, priority, state, parts, body_ct, key_day, content_id, not_before)
     select person_id, channel, class, priority, 'planned', parts, body_ct, key_day, content_id,
            case when delay_ms > 0 then clock_timestamp() + delay_ms * interval '1 millisecond'
                 else '-infinity' end
     from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::smallint[], $6::bytea[],
                 $7::date[], $8::uuid[], $9::integer[]) with ordinality
       as m (person_id, channel, class, priority, parts, body_ct, key_day, content_id, delay_ms, n)
     order by n`,
    [
      messages.map((one) => one.personId),
      messages.map((one) => one.channel),
      messages.map((one) => one.class),
      messages.map((one) => priorityOf(one.class)),
      messages.map((one) => one.parts),
      messages.map(({ body }) => ('sealed' in body ? body.sealed : null)),
      messages.map(({ body }) => ('sealed' in body ? body.keyDay : null)),
      messages.map(({ body }) => ('contentId' in body ? body.contentId : null)),
      messages.map((one) => one.delayMs ?? 0),
    ],
  );
}

export interface BroadcastPlan {
  readonly broadcastId: string;
  readonly class: MessageClass;
  /** A slice of the frozen list. Millions are planned in slices of some ten thousand. */
  readonly recipients: readonly Recipient[];
}

export interface Recipient {
  readonly personId: string;
  readonly channel: ChannelName;
  /** What they get, in order, from `saveContent`: each person's messages stay together. */
  readonly contentIds: readonly string[];
}

/** Gives how many rows were new. */
export async function planBroadcast(tx: Queryable, one: BroadcastPlan): Promise<number> {
  const rows = one.recipients.flatMap(({ personId, channel, contentIds }) =>
    contentIds.map((contentId, ordinal) => ({ personId, channel, contentId, ordinal })),
  );
  const { rowCount } = await tx.query(
    `insert into delivery.outbox
       (person_id, channel, class, priority, state, parts, content_id, broadcast_id, ordinal)
     select r.person_id, r.channel, $2, $3, 'planned', c.parts, c.id, $1, r.ordinal
     from unnest($4::uuid[], $5::text[], $6::uuid[], $7::smallint[]) with ordinality
       as r (person_id, channel, content_id, ordinal, n)
     join delivery.content c on c.id = r.content_id
     order by r.n
     on conflict (broadcast_id, person_id, ordinal)
       where broadcast_id is not null and resend_of is null do nothing`,
    [
      one.broadcastId,
      one.class,
      priorityOf(one.class),
      rows.map((row) => row.personId),
      rows.map((row) => row.channel),
      rows.map((row) => row.contentId),
      rows.map((row) => row.ordinal),
    ],
  );
  return rowCount ?? 0;
}
