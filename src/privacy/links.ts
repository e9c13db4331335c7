/**
 * One person on several channels. People stand in one circle because they said so, with a code from
 * one channel typed on another (link-codes.ts); nothing else ever joins two of them. It knows opaque
 * ids and channels, no address and no answer.
 */
import type { ChannelName } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';

export interface Linked {
  readonly id: string;
  readonly channel: ChannelName;
  readonly stopped: boolean;
  readonly language?: string;
}

/** A phone or two, Discord, Teams at school and at work; not a whole class. */
const MOST_IN_A_CIRCLE = 6;

/** Everyone in this person's circle but themselves, the channel that was linked last first. */
export async function linkedWith(tx: Queryable, personId: string): Promise<readonly Linked[]> {
  const { rows } = await tx.query<Omit<Linked, 'language'> & { language: string | null }>(
    `select p.id, p.channel, p.stopped, p.language
     from conv.link own
     join conv.link l on l.circle = own.circle and l.person_id <> own.person_id
     join conv.person p on p.id = l.person_id
     where own.person_id = $1 order by l.place desc`,
    [personId],
  );
  return rows.map(({ language, ...row }) => (language === null ? row : { ...row, language }));
}

export type Linking = 'linked' | 'linked-already' | 'full';

/** Whether the two may be linked, without doing it. */
export async function mayLink(tx: Queryable, one: string, other: string): Promise<Linking> {
  const circles = await membersOf(tx, [one, other]);
  const [first] = circles;
  if (circles.some(({ id }) => id === one) && circles.some(({ id }) => id === other)) {
    if (circles.every(({ circle }) => circle === first?.circle)) return 'linked-already';
  }
  const everyone = new Set([...circles.map(({ id }) => id), one, other]);
  return everyone.size > MOST_IN_A_CIRCLE ? 'full' : 'linked';
}

/** Makes one circle of the two circles; the newcomer hears the news from now on. */
export async function link(
  tx: Queryable,
  ambient: Pick<Ambient, 'now' | 'newId'>,
  { known, newcomer }: { readonly known: string; readonly newcomer: string },
): Promise<Linking> {
  // Linking is rare: one at a time, so that two circles are never joined to a third at once.
  await tx.query(`select pg_advisory_xact_lock(hashtext('heard link'))`);
  const may = await mayLink(tx, known, newcomer);
  if (may !== 'linked') return may;
  const before = (await membersOf(tx, [known, newcomer])).map(({ id }) => id);
  const inOrder = [...new Set([...before, known])].filter((id) => id !== newcomer);
  await tx.query('delete from conv.link where person_id = any($1::uuid[])', [before]);
  await tx.query(
    `insert into conv.link (person_id, circle, linked_on)
     select m.id, $2, $3 from unnest($1::uuid[]) with ordinality as m (id, n) order by m.n`,
    [[...inOrder, newcomer], ambient.newId(), isoDay(ambient.now())],
  );
  return 'linked';
}

/** Until the transaction ends nobody else acts for this circle. */
export async function holdCircle(tx: Queryable, personId: string): Promise<void> {
  await tx.query(
    `select from conv.link
     where circle = (select circle from conv.link where person_id = $1)
     order by person_id for update`,
    [personId],
  );
}

/** Takes this person out of their circle. One who is left alone in it is linked with nobody. */
export async function unlink(tx: Queryable, personId: string): Promise<boolean> {
  const { rows } = await tx.query<{ circle: string }>(
    'delete from conv.link where person_id = $1 returning circle',
    [personId],
  );
  const circle = rows[0]?.circle;
  if (circle === undefined) return false;
  await tx.query(
    `delete from conv.link where circle = $1
     and (select count(*) from conv.link where circle = $1) = 1`,
    [circle],
  );
  return true;
}

/** Whoever is alone in a circle because the others were forgotten many at once. */
export async function unlinkTheLonely(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.query(
    `delete from conv.link l where not exists (
       select from conv.link o where o.circle = l.circle and o.person_id <> l.person_id)`,
  );
  return rowCount ?? 0;
}

async function membersOf(
  tx: Queryable,
  personIds: readonly string[],
): Promise<readonly { readonly id: string; readonly circle: string }[]> {
  const { rows } = await tx.query<{ id: string; circle: string }>(
    `select l.person_id as id, l.circle from conv.link l
     where l.circle in (select circle from conv.link where person_id = any($1::uuid[]))
     order by l.place`,
    [personIds],
  );
  return rows;
}
