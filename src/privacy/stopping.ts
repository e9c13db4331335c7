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
  const { rows } = await tx.query<{ id: string; stopped: boolean }>({
    name: 'stopped-among',
    text: `select id, stopped from conv.person where id = any($1::uuid[])`,
    values: [personIds],
  });
  const mayBeWritten = new Set(rows.filter((row) => !row.stopped).map((row) => row.id));
  return new Set(personIds.filter((id) => !mayBeWritten.has(id)));
}

async function mark(tx: Queryable, personId: string, stopped: boolean) {
  const { rows } = await tx.query<{ channel: string; bidx: Buffer; bidx_ver: number }>(
    `update conv.person set stopped = $2 where id = $1 returning channel, bidx, bidx_ver`,
    [personId, stopped],
  );
  return rows[0];
}
