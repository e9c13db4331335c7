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
      /** What this person is spoken to in from now on. */
      readonly language: string;
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
  /** Where the person now stands in the consultation, when this turn changes that. */
  readonly standing?: Standing;
  /** Missing for turns that no message caused: a timer, a closing. */
  readonly message?: { readonly hash: Uint8Array; readonly day: string };
  readonly reply?: ReplyRow;
}

export interface Standing {
  readonly state: 'joined' | 'done';
  readonly consultationId: string;
  readonly day: string;
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
      set revision = revision + 1, state_ct = $15, key_day = $16, remind_at = $17, expire_at = $18
      where id = $13 and revision = $14 returning id, consultation_id`,
  end: 'delete from conv.conversation where id = $13 and revision = $14 returning id',
  begin: `insert into conv.conversation
        (id, person_id, revision, state_ct, key_day, remind_at, expire_at, consultation_id, flow, version)
      values ($13, $1, $14, $15, $16, $17, $18, $19, $20, $21)
      on conflict (person_id) do nothing returning id`,
  none: 'select 1',
};

const ALSO: Partial<Record<ConversationChange['kind'], string>> = {
  begin: `spoken_to as (
      update conv.person set language = $22
      where id = $1 and language is distinct from $22 and exists (select from changed)
    ),`,
};

/** Whoever finished before stays done; only the newcomer becomes `joined`. */
const STANDING = `stood as (
      insert into conv.participation (person_id, consultation_id, state, joined_on)
      select $1::uuid, $10::uuid, $11::text, $12::date from changed where $10::uuid is not null
      on conflict (person_id, consultation_id) do update set state = excluded.state
        where excluded.state = 'done'
    ),
    uninvited as (
      delete from conv.invitation
      where person_id = $1::uuid and consultation_id = $10::uuid and exists (select from changed)
    ),`;

const NO_STANDING = `unused as (select $10::uuid, $11::text, $12::date),`;

function statement(
  kind: ConversationChange['kind'],
  stands: boolean,
): { readonly name: string; readonly text: string } {
  return {
    name: `write-turn-${kind}${stands ? '-stands' : ''}`,
    text: `
    with changed as (${CHANGE[kind]}),
    ${stands ? STANDING : NO_STANDING}
    ${ALSO[kind] ?? ''}
    marked as (
      insert into conv.seen (id, day)
      select $2::bytea, $3::date from changed where $2::bytea is not null
    ),
    replied as (
      insert into delivery.outbox
        (person_id, channel, class, priority, state, body_ct, key_day, parts, attempted_at, answers,
         consultation_id)
      select $1::uuid, $4, $5::text, $6::smallint,
             case when $9::timestamptz is null then 'planned' else 'attempting' end,
             $7::bytea, $3::date, $8::smallint,
             case when $9::timestamptz is null then null else clock_timestamp() end, $2::bytea,
             ${kind === 'advance' ? "case when $5 = 'reminder' then changed.consultation_id end" : 'null::uuid'}
      from changed where $7::bytea is not null
      returning id
    )
    select (select count(*) from changed)::int as changed, (select id from replied) as reply_id`,
  };
}

function statements(kind: ConversationChange['kind']) {
  return { stands: statement(kind, true), plain: statement(kind, false) };
}

const STATEMENTS = {
  advance: statements('advance'),
  end: statements('end'),
  begin: statements('begin'),
  none: statements('none'),
};

export async function writeTurn(tx: Queryable, turn: TurnWrite): Promise<Written> {
  const { rows } = await tx.query<{ changed: number; reply_id: string | null }>({
    ...STATEMENTS[turn.change.kind][turn.standing ? 'stands' : 'plain'],
    values: [...commonValues(turn), ...changeValues(turn.change)],
  });
  const row = rows[0];
  if (!row || row.changed === 0) return { kind: 'lost' };
  return row.reply_id === null ? { kind: 'written' } : { kind: 'written', replyId: row.reply_id };
}

function commonValues({ personId, channel, message, reply, standing }: TurnWrite): unknown[] {
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
    standing?.consultationId ?? null,
    standing?.state ?? null,
    standing?.day ?? null,
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
        change.language,
      ];
  }
}

function storedValues(next: StoredConversation): unknown[] {
  return [next.sealedState, next.keyDay, next.remindAt, next.expireAt];
}
