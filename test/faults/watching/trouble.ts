/**
 * Faults that come from inside the database: statements of Heard's that it ends, because they cannot
 * be serialised or as the victim of a deadlock, and messages whose sealed words are damaged so that
 * nobody can ever open them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { triggerFunction } from './trigger-function.ts';

export async function installTrouble(pool: Pool, seed: number): Promise<void> {
  await pool.query(troubleOf(seed));
}

const troubleOf = (seed: number): string => `
  create table faults.trouble (of text, code text, until timestamptz);
  create table faults.poisoned (person_id uuid);
  -- a sequence keeps its count when the statement that counted is rolled back
  create sequence faults.met;
  create sequence faults.turn;
  ${triggerFunction(
    'faults.make_trouble',
    `select code into found_code from faults.trouble
       where of = tg_table_schema || '.' || tg_table_name and until > clock_timestamp() limit 1;
     if found_code is not null and current_setting('application_name') = 'heard'
        and hashint8extended(nextval('faults.turn'), ${Math.trunc(seed)}) & 1023 < 410 then
       perform nextval('faults.met');
       raise exception 'trouble' using errcode = found_code;
     end if;
     return null;`,
    'found_code text',
  )}
  create trigger make_trouble before insert or update on delivery.outbox
    for each statement execute function faults.make_trouble();
  create trigger make_trouble before insert on conv.seen
    for each statement execute function faults.make_trouble();
  ${triggerFunction(
    'faults.poison',
    `if exists (select from faults.poisoned where person_id = new.person_id) then
       new.body_ct := decode(repeat('00', octet_length(new.body_ct)), 'hex');
     end if;
     return new;`,
  )}
  create trigger poison before insert on delivery.outbox
    for each row when (new.class = 'reminder') execute function faults.poison();`;

const ENOUGH = 3;
const LONGEST_MS = 3_000;

/** Until a few statements on this table have failed; false when none did. */
export async function makeTrouble(pool: Pool, of: string, code: string): Promise<boolean> {
  const before = await met(pool);
  await pool.query(
    `insert into faults.trouble values ($1, $2, clock_timestamp() + interval '1 ms' * $3::int)`,
    [of, code, LONGEST_MS],
  );
  const until = performance.now() + LONGEST_MS;
  let times = 0;
  while (times < ENOUGH && performance.now() < until) {
    await sleep(50);
    times = (await met(pool)) - before;
  }
  await pool.query('delete from faults.trouble');
  return times > 0;
}

async function met(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    'select case when is_called then last_value else 0 end as count from faults.met',
  );
  return Number(rows[0]?.count);
}

/** Reminders to these say nothing that can be read. */
export async function poisonWords(pool: Pool, people: readonly string[]): Promise<void> {
  await pool.query('insert into faults.poisoned select unnest($1::uuid[])', [people]);
}

/** Nobody can open the addresses of these any more. */
export async function poisonAddresses(pool: Pool, people: readonly string[]): Promise<void> {
  await pool.query(
    `update contact.address set addr_ct = decode(repeat('00', octet_length(addr_ct)), 'hex')
     where person_id = any($1::uuid[])`,
    [people],
  );
}
