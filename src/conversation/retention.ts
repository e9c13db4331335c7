/**
 * What has outlived its time among conversations: marks of messages after 13 months, participations
 * after 12 months, and people who nothing is kept for any more, with their addresses.
 */
import { daysOfScores } from '../feedback/rating.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Queryable } from '../platform/postgres.ts';
import { sweepDayKeys } from '../privacy/day-keys.ts';
import { forgetPeople } from '../privacy/forget-people.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;
/** A valid webhook can be replayed for ever; after this it meets no consultation of its time. */
const SEEN_DAYS = 396;
const PARTICIPATION_DAYS = 365;
/** Rows in one statement, so that a sweep never holds a lock for long. */
const AT_ONCE = 10_000;

export async function deleteOldMarks(world: World): Promise<number> {
  return inPages(() =>
    world.pool.query(
      `delete from conv.seen where id in (select id from conv.seen where day < $1 limit ${AT_ONCE})`,
      [daysAgo(world, SEEN_DAYS)],
    ),
  );
}

export async function deleteOldParticipations(world: World): Promise<number> {
  return inPages(() =>
    world.pool.query(
      `delete from conv.participation where ctid in
         (select ctid from conv.participation where joined_on < $1 limit ${AT_ONCE})`,
      [daysAgo(world, PARTICIPATION_DAYS)],
    ),
  );
}

/** People without a conversation, an invitation or a participation. Their opt-out stays, hashed. */
export async function deleteStrangers(world: World): Promise<number> {
  const { rows } = await world.pool.query<{ id: string }>(
    `select p.id from conv.person p
     where not exists (select from conv.conversation c where c.person_id = p.id)
       and not exists (select from conv.participation t where t.person_id = p.id)
       and not exists (select from conv.invitation i where i.person_id = p.id)
       and (p.nudged_on is null or p.nudged_on < $1)
     limit ${AT_ONCE}`,
    [daysAgo(world, 1)],
  );
  await forgetPeople(
    world.pool,
    rows.map((row) => row.id),
  );
  return rows.length;
}

/** Destroys the keys of days that nothing sealed carries any more. */
export async function destroyOldDayKeys(
  world: World,
  daysOfMessages: (tx: Queryable) => Promise<readonly string[]>,
): Promise<number> {
  const now = world.ambient.now();
  const { rows } = await world.pool.query<{ day: string }>(
    'select distinct key_day::text as day from conv.conversation',
  );
  const inUse = new Set([
    ...rows.map((row) => row.day),
    ...(await daysOfMessages(world.pool)),
    ...(await daysOfScores(world.pool)),
  ]);
  return (await sweepDayKeys(world.keys, { now, inUse })).length;
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
