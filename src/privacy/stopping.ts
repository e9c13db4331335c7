/**
 * Opting out and back in. The mark on the person is what sending looks at; the suppression, a keyed
 * hash only, survives erasure, so that an audience file can never bring back who has opted out.
 */
import type { Ambient } from '../platform/ambient.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';

/** The mark and the hash in one statement: neither is ever there without the other. */
export async function stop(
  tx: Queryable,
  ambient: Ambient,
  personId: string,
  source: string,
): Promise<void> {
  await tx.query(
    `with marked as (
       update conv.person set stopped = true where id = $1 returning channel, bidx, bidx_ver
     )
     insert into contact.suppression (channel, bidx, bidx_ver, source, since)
     select channel, bidx, bidx_ver, $2, $3 from marked on conflict do nothing`,
    [personId, source, isoDay(ambient.now())],
  );
}

export async function unstop(tx: Queryable, personId: string): Promise<void> {
  await tx.query(
    `with marked as (
       update conv.person set stopped = false where id = $1 returning channel, bidx, bidx_ver
     )
     delete from contact.suppression s using marked m
     where s.channel = m.channel and s.bidx = m.bidx and s.bidx_ver = m.bidx_ver`,
    [personId],
  );
}
