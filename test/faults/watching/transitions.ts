/**
 * What a run's own database is made to remember: every change of an outbox row's state and of a
 * person's opt-out, with the moment, by triggers that only this suite installs.
 */
import type { Pool } from 'pg';
import { triggerFunction } from './trigger-function.ts';

export async function installWatching(pool: Pool): Promise<void> {
  await pool.query(WATCHING);
}

const WATCHING = `
  create extension pageinspect;
  create schema faults;
  create table faults.transition (
    seq bigint generated always as identity,
    row_id bigint, root bigint, is_copy boolean, person_id uuid, class text,
    broadcast_id uuid, ordinal smallint,
    was text, now text, nonce uuid, was_accepted boolean, reason text,
    at timestamptz not null default clock_timestamp()
  );
  create table faults.opt_out (
    seq bigint generated always as identity,
    person_id uuid, stopped boolean,
    at timestamptz not null default clock_timestamp()
  );
  ${triggerFunction(
    'faults.note',
    `insert into faults.transition
       (row_id, root, is_copy, person_id, class, broadcast_id, ordinal, was, now, nonce,
        was_accepted, reason)
     values (row.id, coalesce(row.resend_of, row.id), row.resend_of is not null, row.person_id,
             row.class, row.broadcast_id, row.ordinal,
             case when tg_op <> 'INSERT' then old.state end,
             case when tg_op <> 'DELETE' then new.state end,
             case when tg_op = 'UPDATE' then coalesce(new.nonce, old.nonce) else row.nonce end,
             row.was_accepted, row.reason);
     return null;`,
    'row delivery.outbox := coalesce(new, old)',
  )}
  create trigger note after insert or delete on delivery.outbox
    for each row execute function faults.note();
  create trigger note_change after update on delivery.outbox
    for each row when (old.state is distinct from new.state) execute function faults.note();
  ${triggerFunction(
    'faults.note_opt_out',
    `insert into faults.opt_out (person_id, stopped) values (new.id, new.stopped);
     return null;`,
  )}
  create trigger note_opt_out after update on conv.person
    for each row when (old.stopped is distinct from new.stopped)
    execute function faults.note_opt_out();`;

export interface Transition {
  readonly seq: number;
  readonly rowId: string;
  /** The row that this one is a copy of, or itself. */
  readonly root: string;
  readonly isCopy: boolean;
  readonly personId: string;
  readonly class: string;
  readonly broadcastId: string | null;
  readonly ordinal: number;
  /** null: the row was made. */
  readonly was: string | null;
  /** null: the row was deleted. */
  readonly now: string | null;
  readonly nonce: string | null;
  readonly wasAccepted: boolean;
  readonly reason: string | null;
  readonly at: Date;
}

export async function transitions(pool: Pool): Promise<readonly Transition[]> {
  const { rows } = await pool.query<Transition>(
    `select seq::int as seq, row_id as "rowId", root, is_copy as "isCopy", person_id as "personId",
            class, broadcast_id as "broadcastId", ordinal, was, now, nonce,
            was_accepted as "wasAccepted", reason, at
     from faults.transition order by seq`,
  );
  return rows;
}

export interface LateAttempt {
  readonly class: string;
  readonly nonce: string;
}

/** Attempts that were begun after the person's opt-out. */
export async function attemptsAfterOptOut(pool: Pool): Promise<readonly LateAttempt[]> {
  const { rows } = await pool.query<LateAttempt>(
    `select t.class, t.nonce from faults.transition t
     where t.now = 'attempting' and t.was in ('planned', 'claimed')
       and (select o.stopped from faults.opt_out o
            where o.person_id = t.person_id and o.at < t.at order by o.seq desc limit 1)`,
  );
  return rows;
}

/** People who opted out while a message of a broadcast was begun for them and had not come to an end. */
export async function stopsThatRaced(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `select count(distinct o.person_id) as count
     from faults.opt_out o join faults.transition made
       on made.person_id = o.person_id and made.class = 'feedback' and made.was is null
          and made.at < o.at
     where o.stopped
       and (select t.now from faults.transition t
            where t.row_id = made.row_id and t.at < o.at order by t.seq desc limit 1)
           in ('claimed', 'attempting')`,
  );
  return Number(rows[0]?.count);
}
