/**
 * The list of a broadcast while it is being planned: a temporary table that the folder which owns
 * the people fills with one statement of its own, and that delivery, and whoever else must keep
 * exactly this list, reads with one of theirs. A million people never pass through this process, and
 * no statement looks into a schema that is not its folder's.
 *
 *   pg_temp.recipient
 *     person_id  uuid     once each
 *     channel    text
 *     wording    text     which of the texts they get
 *     reachable  boolean  false for those who belong to the list and are not written to
 */
import type { Pool } from 'pg';
import type { ChannelName } from '../channel.ts';
import { inSession, type Queryable, type Session } from '../platform/postgres.ts';

export function withRecipients<Result>(
  pool: Pool,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  return inSession(pool, async (session) => {
    await session.query('drop table if exists pg_temp.recipient');
    await session.query(
      `create temporary table recipient
         (person_id uuid not null, channel text not null, wording text not null,
          reachable boolean not null)`,
    );
    try {
      return await work(session);
    } finally {
      // The connection goes back to the pool; where this fails, the next caller drops it.
      await session.query('drop table if exists pg_temp.recipient').catch(() => undefined);
    }
  });
}

export interface WordingCount {
  readonly channel: ChannelName;
  readonly wording: string;
  readonly reachable: boolean;
  readonly people: number;
}

export async function countByWording(tx: Queryable): Promise<readonly WordingCount[]> {
  const { rows } = await tx.query<WordingCount>(
    `select channel, wording, reachable, count(*)::int as people
     from pg_temp.recipient group by 1, 2, 3 order by 1, 2, 3`,
  );
  return rows;
}

export interface Reachable {
  readonly personId: string;
  readonly channel: ChannelName;
  readonly wording: string;
}

/** Those who are written to, so many at a time, read once from end to end; inside a transaction. */
export async function* reachablePages(
  tx: Queryable,
  size: number,
): AsyncGenerator<readonly Reachable[]> {
  await tx.query(
    `declare reachable no scroll cursor for
     select person_id as "personId", channel, wording from pg_temp.recipient where reachable`,
  );
  for (;;) {
    const { rows } = await tx.query<Reachable>(`fetch forward ${size} from reachable`);
    if (rows.length > 0) yield rows;
    if (rows.length < size) break;
  }
  await tx.query('close reachable');
}
