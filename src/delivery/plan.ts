/**
 * Plans messages of their own: rows that the dispatcher will send. It must never be given an address
 * or a text that differs by what somebody answered.
 */
import type { ChannelName } from '../channel.ts';
import type { Prompt } from '../flow/prompt.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type MessageClass, priorityOf } from './classes.ts';
import type { Hours } from './hours.ts';

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
  /** Whose hours it keeps, unless it is a reply; the narrowest when nobody says. */
  readonly hours?: Hours;
  /** Of a reminder: what it reminds of. */
  readonly consultationId?: string;
  /** Not to be sent after all: counted with the refused, for all to see. */
  readonly refused?: 'contact-cap';
  /** Not before this many milliseconds from now, by the database's clock. */
  readonly delayMs?: number;
}

/** Their reminders that wait go in the hours of adults: they talk about something for adults only. */
export async function keepHoursOfAdults(tx: Queryable, personId: string): Promise<void> {
  await tx.query(
    `update delivery.outbox set hours = 'adults'
     where person_id = $1 and class = 'reminder' and state = 'planned'`,
    [personId],
  );
}

/** How many reminders wait, counted as far as `most`. */
export async function waitingReminders(db: Queryable, most: number): Promise<number> {
  const { rows } = await db.query<{ waiting: number }>(
    `select count(*)::int as waiting from (
       select from delivery.outbox
       where state = 'planned' and class = 'reminder' and channel = 'sms' and priority = $2
         and coalesce(broadcast_id, '00000000-0000-0000-0000-000000000000')
             = '00000000-0000-0000-0000-000000000000'
       limit $1) as one`,
    [most, priorityOf('reminder')],
  );
  return rows[0]?.waiting ?? 0;
}

export async function plan(tx: Queryable, messages: readonly PlannedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `insert into delivery.outbox
       (person_id, channel, class, priority, state, parts, body_ct, key_day, content_id, hours,
        reason, ended_on, consultation_id, not_before)
     select person_id, channel, class, priority,
            case when reason is null then 'planned' else 'refused' end,
            parts, case when reason is null then body_ct end, case when reason is null then key_day end,
            content_id, hours, reason, case when reason is not null then current_date end,
            consultation_id,
            case when delay_ms > 0 then clock_timestamp() + delay_ms * interval '1 millisecond'
                 else '-infinity' end
     from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::smallint[], $6::bytea[],
                 $7::date[], $8::uuid[], $9::integer[], $10::text[], $11::text[], $12::uuid[])
       with ordinality
       as m (person_id, channel, class, priority, parts, body_ct, key_day, content_id, delay_ms,
             hours, reason, consultation_id, n)
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
      messages.map((one) => one.hours ?? 'under-18'),
      messages.map((one) => one.refused ?? null),
      messages.map((one) => one.consultationId ?? null),
    ],
  );
}
