/**
 * Opting out and back in. The mark on the person is what sending looks at; the suppression, a keyed
 * hash only, survives erasure, so that an audience file can never bring back who has opted out.
 */
import type { Ambient } from '../platform/ambient.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';

export async function stop(
  tx: Queryable,
  ambient: Ambient,
  personId: string,
  source: string,
): Promise<void> {
  const person = await mark(tx, personId, true);
  if (!person) return;
  await tx.query(
    `insert into contact.suppression (channel, bidx, bidx_ver, source, since)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [person.channel, person.bidx, person.bidx_ver, source, isoDay(ambient.now())],
  );
}

export async function unstop(tx: Queryable, personId: string): Promise<void> {
  const person = await mark(tx, personId, false);
  if (!person) return;
  await tx.query(
    'delete from contact.suppression where channel = $1 and bidx = $2 and bidx_ver = $3',
    [person.channel, person.bidx, person.bidx_ver],
  );
}

export async function stoppedAmong(
  tx: Queryable,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'stopped-among',
    // Hardly anybody: only they are handed over.
    text: `select asked.id from unnest($1::uuid[]) as asked (id)
           left join conv.person p on p.id = asked.id
           where p.id is null or p.stopped`,
    values: [personIds],
  });
  return new Set(rows.map((row) => row.id));
}

async function mark(tx: Queryable, personId: string, stopped: boolean) {
  const { rows } = await tx.query<{ channel: string; bidx: Buffer; bidx_ver: number }>(
    `update conv.person set stopped = $2 where id = $1 returning channel, bidx, bidx_ver`,
    [personId, stopped],
  );
  return rows[0];
}
