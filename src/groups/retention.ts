/** What has outlived its time of shared chats: silent ones, where they took part, marks of events. */
import { type LeftRow, leftOf, type Outcome, type Store } from '../platform/kept.ts';
import { type Pool, type Queryable, transaction } from '../platform/postgres.ts';
import { forgetPeople } from '../privacy/forget-people.ts';
import { cutFromChat } from '../raised/issues.ts';

const SILENT_DAYS = 365;
const TOOK_PART_DAYS = 365;
/** What the channels hand us is signed for minutes, and repeated for hours. */
const MARK_DAYS = 28;

/** A chat that we were removed from is forgotten at once; this is for those that fell silent. */
export function keepChats(pool: Pool, today: string): Store {
  return {
    store: 'shared chats, as opaque ids',
    rule: 'until we are removed, or 12 months of silence',
    tables: ['chat.chat'],
    keep: () =>
      transaction(pool, async (tx) => {
        const { rows } = await tx.query<{ id: string }>(
          'delete from chat.chat where seen_on < $1::date - $2::integer returning id',
          [today, SILENT_DAYS],
        );
        const silent = rows.map((row) => row.id);
        await cutFromChat(tx, silent);
        await forgetPeople(tx, silent);
        return { deleted: silent.length, ...(await left(tx, 'chat.chat', 'seen_on')) };
      }),
  };
}

export function keepTakingPart(db: Queryable, today: string): Store {
  return {
    store: 'which chats took part',
    rule: '12 months',
    tables: ['chat.taking_part'],
    keep: async () => {
      const { rowCount } = await db.query(
        'delete from chat.taking_part where posted_on < $1::date - $2::integer',
        [today, TOOK_PART_DAYS],
      );
      return { deleted: rowCount ?? 0, ...(await left(db, 'chat.taking_part', 'posted_on')) };
    },
  };
}

export function keepChatMarks(db: Queryable, today: string): Store {
  return {
    store: 'marks of events in chats, hashed',
    rule: '28 days',
    tables: ['chat.seen'],
    keep: async () => {
      const { rowCount } = await db.query(
        'delete from chat.seen where day < $1::date - $2::integer',
        [today, MARK_DAYS],
      );
      return { deleted: rowCount ?? 0, ...(await left(db, 'chat.seen', 'day')) };
    },
  };
}

async function left(
  db: Queryable,
  table: 'chat.chat' | 'chat.taking_part' | 'chat.seen',
  day: 'seen_on' | 'posted_on' | 'day',
): Promise<Pick<Outcome, 'left' | 'oldest'>> {
  const { rows } = await db.query<LeftRow>(
    `select count(*)::int as left, min(${day})::text as oldest from ${table}`,
  );
  return leftOf(rows[0]);
}
