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
import { inSession, type Session } from '../platform/postgres.ts';

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
