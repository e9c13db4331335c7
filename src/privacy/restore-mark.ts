/**
 * How a database that came back from a backup is known: it counts up every minute, and the keys
 * folder, which is in no backup of the database, remembers how far it was. One that is behind may
 * not know who has opted out since; nothing may be sent from it before that is put right. Where the
 * mark was lost with the folder, nobody can say how far it was: that is behind, too.
 */
import type { Queryable } from '../platform/postgres.ts';
import type { KeyHolder, RestoreMark } from './keys.ts';

export async function isBehind(db: Queryable, keys: KeyHolder): Promise<boolean> {
  const mark = await keys.restoreMark();
  const { beat } = await readMark(db);
  return mark ? beat < mark.beat : beat > FIRST_BEAT;
}

/** No database has counted further before its first mark was kept. */
const FIRST_BEAT = 1;

/** Every minute. One that is behind is left as it is. */
export async function keepMark(db: Queryable, keys: KeyHolder): Promise<'kept' | 'behind'> {
  const mark = await keys.restoreMark();
  const { rowCount } = mark
    ? await db.query('update contact.journal set beat = beat + 1 where beat >= $1', [mark.beat])
    : await db.query('update contact.journal set beat = $1 where beat <= $1', [FIRST_BEAT]);
  if (rowCount === 0) return 'behind';
  await keys.keepRestoreMark(await readMark(db));
  return 'kept';
}

/** Opt-outs are replayed: what is entered from here on comes after all that was ever entered. */
export async function catchUp(tx: Queryable, keys: KeyHolder, upTo: number): Promise<void> {
  const mark = await keys.restoreMark();
  await tx.query('update contact.journal set beat = greatest(beat, $1)', [mark?.beat ?? 0]);
  const entry = Math.max(upTo, mark?.entry ?? 0);
  if (entry === 0) return;
  await tx.query(`select setval('${ENTRIES}', greatest($1::bigint, last_value)) from ${ENTRIES}`, [
    entry,
  ]);
}

/** Once that is committed: from here on this database is the one that counts. */
export async function markAgain(db: Queryable, keys: KeyHolder): Promise<void> {
  if (!(await keys.restoreMark())) await keys.keepRestoreMark(await readMark(db));
}

/** The sequence of the column `entry`. */
const ENTRIES = 'contact.suppression_entry_seq';

export async function readMark(db: Queryable): Promise<RestoreMark> {
  const { rows } = await db.query<{ beat: string; entry: string }>(
    `select beat, case when is_called then last_value else 0 end as entry
     from contact.journal, ${ENTRIES}`,
  );
  const row = rows[0];
  if (!row) throw new Error('contact.journal has no row');
  return { beat: Number(row.beat), entry: Number(row.entry) };
}
