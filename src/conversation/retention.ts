/**
 * What has outlived its time among conversations: those without a word for a week, marks of messages
 * after 13 months, participations after 12, invitations to what is closed, and people of whom
 * nothing is kept any more, with what hangs on them.
 */
import { listConsultations } from '../consultation/consultations.ts';
import { withUnfinished } from '../delivery/retention.ts';
import { forgetRatings } from '../feedback/rating.ts';
import { chatsAmong } from '../groups/chats.ts';
import { isoDay } from '../platform/calendar.ts';
import { type LeftRow, leftOf, type Outcome, type Store } from '../platform/kept.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { forgetPeople } from '../privacy/forget-people.ts';
import { forgetOldCodes } from '../privacy/link-codes.ts';
import { expireDue } from './wake.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;
/** A valid webhook can be replayed for ever; after this it meets no consultation of its time. */
const SEEN_DAYS = 396;
const PARTICIPATION_DAYS = 365;
/** "Who is this?" is still answered for a while. */
const INVITATION_DAYS_AFTER_CLOSE = 28;
/** A link outlives a quiet month, so that it is there for the next consultation. */
const LINK_DAYS = 28;
/** What could not be ended in order is deleted as it is. */
const BROKEN_DAYS = 2;
/** Rows in one statement, so that a sweep never holds a lock for long. */
const AT_ONCE = 10_000;

export function keepConversations(world: World): Store {
  return {
    store: 'conversations in flight, sealed',
    rule: '7 days at most after the last message',
    tables: ['conv.conversation'],
    keep: async () => {
      const ended = await expireDue(world).catch(() => 0);
      const { rowCount: broken } = await world.pool.query(
        'delete from conv.conversation where expire_at < $1',
        [new Date(world.ambient.now().getTime() - BROKEN_DAYS * DAY_MS)],
      );
      return {
        deleted: ended + (broken ?? 0),
        ...(await left(world.pool, 'conv.conversation', 'key_day')),
        ...(broken ? { alert: `${broken} could not be ended in order` } : {}),
      };
    },
  };
}

export function keepMarks(world: World): Store {
  return {
    store: 'marks of messages, hashed',
    rule: '13 months: a text can be replayed, and must not count twice',
    tables: ['conv.seen'],
    keep: async () => {
      const deleted = await inPages(() =>
        world.pool.query(
          `delete from conv.seen where id in (select id from conv.seen where day < $1 limit ${AT_ONCE})`,
          [daysAgo(world, SEEN_DAYS)],
        ),
      );
      return { deleted, ...(await left(world.pool, 'conv.seen', 'day')) };
    },
  };
}

export function keepParticipations(world: World): Store {
  return {
    store: 'who took part',
    rule: '12 months',
    tables: ['conv.participation'],
    keep: async () => {
      const deleted = await inPages(() =>
        world.pool.query(
          `delete from conv.participation where ctid in
             (select ctid from conv.participation where joined_on < $1 limit ${AT_ONCE})`,
          [daysAgo(world, PARTICIPATION_DAYS)],
        ),
      );
      return { deleted, ...(await left(world.pool, 'conv.participation', 'joined_on')) };
    },
  };
}

export function keepInvitations(world: World): Store {
  return {
    store: 'who was invited and is silent',
    rule: '28 days after the close, 12 months at most',
    tables: ['conv.invitation'],
    keep: async () => {
      const over = (await listConsultations(world.pool)).filter(
        ({ closedOn }) =>
          closedOn !== undefined && closedOn < daysAgo(world, INVITATION_DAYS_AFTER_CLOSE),
      );
      const deleted = await inPages(() =>
        world.pool.query(
          `delete from conv.invitation where ctid in
             (select ctid from conv.invitation
              where consultation_id = any($1::uuid[]) or invited_on < $2 limit ${AT_ONCE})`,
          [over.map((one) => one.id), daysAgo(world, PARTICIPATION_DAYS)],
        ),
      );
      return { deleted, ...(await left(world.pool, 'conv.invitation', 'invited_on')) };
    },
  };
}

/**
 * People without a conversation, an invitation or a participation, here or on a channel that they
 * have linked; shared chats have rules of their own. Their opt-out stays, hashed.
 */
export function keepPeople(world: World): Store {
  return {
    store: 'people, as opaque ids',
    rule: 'until nothing above names them',
    tables: ['conv.person'],
    keep: async () => {
      await forgetOldCodes(world.pool, world.ambient.now());
      const deleted = await inPages(async () => ({ rowCount: await deleteStrangers(world) }));
      const { rows } = await world.pool.query<LeftRow>(
        'select count(*)::int as left, null as oldest from conv.person',
      );
      return { deleted, ...leftOf(rows[0]) };
    },
  };
}

/**
 * Their rows are held first and looked at again then: whoever joins in that moment waits for the
 * row, and is either seen here or made anew.
 */
function deleteStrangers(world: World): Promise<number> {
  return transaction(world.pool, async (tx) => {
    const since = daysAgo(world, 1);
    const linkedSince = daysAgo(world, LINK_DAYS);
    const { rows: maybe } = await tx.query<{ id: string }>(
      `select p.id from conv.person p where ${STRANGER} order by p.id limit ${AT_ONCE}
       for update skip locked`,
      [since, linkedSince],
    );
    const { rows: sure } = await tx.query<{ id: string }>(
      `select p.id from conv.person p where ${STRANGER} and p.id = any($3::uuid[])`,
      [since, linkedSince, maybe.map((row) => row.id)],
    );
    const ids = sure.map((row) => row.id);
    const owed = await withUnfinished(tx, ids);
    const chats = await chatsAmong(tx, ids);
    const strangers = ids.filter((id) => !owed.has(id) && !chats.has(id));
    await forgetRatings(tx, strangers);
    await forgetPeople(tx, strangers);
    return strangers.length;
  });
}

const STRANGER = `
  not exists (select from conv.conversation c where c.person_id = p.id)
  and not exists (select from conv.participation t where t.person_id = p.id)
  and not exists (select from conv.invitation i where i.person_id = p.id)
  and (p.nudged_on is null or p.nudged_on < $1)
  and not exists (select from conv.link_code k where k.person_id = p.id or k.typed_by = p.id)
  and not exists (
    select from conv.link own where own.person_id = p.id
      and (own.linked_on > $2 or exists (
        select from conv.link l where l.circle = own.circle
          and (exists (select from conv.conversation c where c.person_id = l.person_id)
               or exists (select from conv.participation t where t.person_id = l.person_id)
               or exists (select from conv.invitation i where i.person_id = l.person_id)))))`;

/** The days whose keys conversations still need. */
export async function conversationKeyDays(db: Queryable): Promise<readonly string[]> {
  const { rows } = await db.query<{ day: string }>(
    'select distinct key_day::text as day from conv.conversation',
  );
  return rows.map((row) => row.day);
}

async function left(
  db: Queryable,
  table: 'conv.conversation' | 'conv.seen' | 'conv.participation' | 'conv.invitation',
  day: 'key_day' | 'day' | 'joined_on' | 'invited_on',
): Promise<Pick<Outcome, 'left' | 'oldest'>> {
  const { rows } = await db.query<LeftRow>(
    `select count(*)::int as left, min(${day})::text as oldest from ${table}`,
  );
  return leftOf(rows[0]);
}

async function inPages(page: () => Promise<{ readonly rowCount: number | null }>): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = (await page()).rowCount ?? 0;
    total += deleted;
    if (deleted < AT_ONCE) return total;
  }
}

function daysAgo(world: World, days: number): string {
  return isoDay(new Date(world.ambient.now().getTime() - days * DAY_MS));
}
