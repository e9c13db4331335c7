/**
 * The one write of a turn: the conversation's new state, the mark that this message was applied,
 * and the reply, in a single statement in which nothing lands unless the revision matched. A write
 * that inserted its marks without that condition would make the retry after a lost race look like
 * a duplicate. The second of the two statements that may write to two schemas.
 */
import type { Queryable } from '../platform/postgres.ts';

/** What becomes of the conversation in this turn. */
export type ConversationChange =
  | {
      readonly kind: 'advance';
      readonly id: string;
      readonly revision: number;
      readonly next: StoredConversation;
    }
  | { readonly kind: 'end'; readonly id: string; readonly revision: number }
  | {
      readonly kind: 'begin';
      readonly id: string;
      readonly consultationId: string;
      readonly flow: string;
      readonly version: number;
      readonly next: StoredConversation;
    }
  /** A person without a conversation: only the mark and the reply. */
  | { readonly kind: 'none' };

export interface StoredConversation {
  readonly sealedState: Uint8Array;
  readonly keyDay: string;
  readonly remindAt: Date | null;
  readonly expireAt: Date;
}

export interface TurnWrite {
  readonly personId: string;
  readonly channel: string;
  readonly change: ConversationChange;
  /** Missing for turns that no message caused: a timer, a closing. */
  readonly message?: { readonly hash: Uint8Array; readonly day: string };
  readonly reply?: ReplyRow;
}

export interface ReplyRow {
  readonly class: 'signpost' | 'reply' | 'opt-out' | 'reminder';
  readonly priority: number;
  readonly sealedBody: Uint8Array;
  readonly keyDay: string;
  readonly parts: number;
  /** A reply that rides on the webhook's response is attempted now; null plans it for later. */
  readonly attemptedAt: Date | null;
}

/** Lost: another turn of this person came first; read again. Nothing was written. */
export type Written =
  | { readonly kind: 'written'; readonly replyId?: string }
  | { readonly kind: 'lost' };

const CHANGE: Record<ConversationChange['kind'], string> = {
  advance: `update conv.conversation
      set revision = revision + 1, state_ct = $12, key_day = $13, remind_at = $14, expire_at = $15
      where id = $10 and revision = $11 returning id`,
  end: 'delete from conv.conversation where id = $10 and revision = $11 returning id',
  begin: `insert into conv.conversation
        (id, person_id, revision, state_ct, key_day, remind_at, expire_at, consultation_id, flow, version)
      values ($10, $1, $11, $12, $13, $14, $15, $16, $17, $18)
      on conflict (person_id) do nothing returning id`,
  none: 'select 1',
};

function statement(kind: ConversationChange['kind']): { name: string; text: string } {
  return {
    name: `write-turn-${kind}`,
    text: `
    with changed as (${CHANGE[kind]}),
    marked as (
      insert into conv.seen (id, day)
      select $2::bytea, $3::date from changed where $2::bytea is not null
    ),
    replied as (
      insert into delivery.outbox
        (person_id, channel, class, priority, state, body_ct, key_day, parts, attempted_at, answers)
      select $1::uuid, $4, $5::text, $6::smallint,
             case when $9::timestamptz is null then 'planned' else 'attempting' end,
             $7::bytea, $3::date, $8::smallint,
             case when $9::timestamptz is null then null else clock_timestamp() end, $2::bytea
      from changed where $7::bytea is not null
      returning id
    )
    select (select count(*) from changed)::int as changed, (select id from replied) as reply_id`,
  };
}

const STATEMENTS = {
  advance: statement('advance'),
  end: statement('end'),
  begin: statement('begin'),
  none: statement('none'),
};

export async function writeTurn(tx: Queryable, turn: TurnWrite): Promise<Written> {
  const { rows } = await tx.query<{ changed: number; reply_id: string | null }>({
    ...STATEMENTS[turn.change.kind],
    values: [...commonValues(turn), ...changeValues(turn.change)],
  });
  const row = rows[0];
  if (!row || row.changed === 0) return { kind: 'lost' };
  return row.reply_id === null ? { kind: 'written' } : { kind: 'written', replyId: row.reply_id };
}

function commonValues({ personId, channel, message, reply }: TurnWrite): unknown[] {
  return [
    personId,
    message?.hash ?? null,
    message?.day ?? reply?.keyDay ?? null,
    channel,
    reply?.class ?? null,
    reply?.priority ?? null,
    reply?.sealedBody ?? null,
    reply?.parts ?? null,
    reply?.attemptedAt ?? null,
  ];
}

function changeValues(change: ConversationChange): unknown[] {
  switch (change.kind) {
    case 'none':
      return [];
    case 'end':
      return [change.id, change.revision];
    case 'advance':
      return [change.id, change.revision, ...storedValues(change.next)];
    case 'begin':
      return [
        change.id,
        1,
        ...storedValues(change.next),
        change.consultationId,
        change.flow,
        change.version,
      ];
  }
}

function storedValues(next: StoredConversation): unknown[] {
  return [next.sealedState, next.keyDay, next.remindAt, next.expireAt];
}
