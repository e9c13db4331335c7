/**
 * The write of a turn for many people at once: each conversation's new state, the marks and the
 * replies, in one statement in which nothing of a person lands unless their revision matched. A
 * message that was marked before makes the whole statement fail; the turns are then written alone.
 */
import type { Queryable } from '../platform/postgres.ts';
import type { ConversationChange, TurnWrite, Written } from './write-turn.ts';

/** A turn that only moves its conversation on, caused by a message and answered. */
export interface OrdinaryTurn extends TurnWrite {
  readonly change: Extract<ConversationChange, { readonly kind: 'advance' }>;
  readonly message: NonNullable<TurnWrite['message']>;
  readonly reply: NonNullable<TurnWrite['reply']>;
  readonly standing?: never;
}

export function isOrdinary(turn: TurnWrite): turn is OrdinaryTurn {
  return (
    turn.change.kind === 'advance' &&
    turn.message !== undefined &&
    turn.reply !== undefined &&
    turn.reply.attemptedAt !== null &&
    turn.standing === undefined
  );
}

const WRITE_ORDINARY_TURNS = {
  name: 'write-ordinary-turns',
  text: `
    with turn as (
      select * from unnest($1::uuid[], $2::integer[], $3::bytea[], $4::date[], $5::timestamptz[],
                           $6::timestamptz[], $7::uuid[], $8::text[], $9::bytea[], $10::date[],
                           $11::text[], $12::smallint[], $13::bytea[], $14::smallint[])
        as t (id, revision, state_ct, key_day, remind_at, expire_at, person_id, channel, hash, day,
              class, priority, body_ct, parts)
    ),
    changed as (
      update conv.conversation c
      set revision = c.revision + 1, state_ct = t.state_ct, key_day = t.key_day,
          remind_at = t.remind_at, expire_at = t.expire_at
      from turn t where c.id = t.id and c.revision = t.revision
      returning c.id
    ),
    marked as (
      insert into conv.seen (id, day) select t.hash, t.day from turn t join changed using (id)
    ),
    replied as (
      insert into delivery.outbox
        (person_id, channel, class, priority, state, body_ct, key_day, parts, attempted_at, answers)
      select t.person_id, t.channel, t.class, t.priority, 'attempting', t.body_ct, t.day, t.parts,
             clock_timestamp(), t.hash
      from turn t join changed using (id)
      returning id, person_id
    )
    select t.id, r.id as reply_id
    from changed join turn t using (id) join replied r on r.person_id = t.person_id`,
};

/** In the order of the turns. The conversations are taken in one order by all, against deadlocks. */
export async function writeOrdinaryTurns(
  tx: Queryable,
  turns: readonly OrdinaryTurn[],
): Promise<readonly Written[]> {
  const ordered = turns.toSorted((a, b) => (a.change.id < b.change.id ? -1 : 1));
  const { rows } = await tx.query<{ id: string; reply_id: string }>({
    ...WRITE_ORDINARY_TURNS,
    values: [
      ordered.map((one) => one.change.id),
      ordered.map((one) => one.change.revision),
      ordered.map((one) => one.change.next.sealedState),
      ordered.map((one) => one.change.next.keyDay),
      ordered.map((one) => one.change.next.remindAt),
      ordered.map((one) => one.change.next.expireAt),
      ordered.map((one) => one.personId),
      ordered.map((one) => one.channel),
      ordered.map((one) => one.message.hash),
      ordered.map((one) => one.message.day),
      ordered.map((one) => one.reply.class),
      ordered.map((one) => one.reply.priority),
      ordered.map((one) => one.reply.sealedBody),
      ordered.map((one) => one.reply.parts),
    ],
  });
  const landed = new Map(rows.map((row) => [row.id, row.reply_id]));
  return turns.map(({ change }): Written => {
    const replyId = landed.get(change.id);
    return replyId === undefined ? { kind: 'lost' } : { kind: 'written', replyId };
  });
}
