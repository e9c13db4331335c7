/** Releases that are killed at a point of theirs, and people who want their answers back meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Phones } from './phones.ts';
import type { SeedPlan } from './seed-plan.ts';
import { type Stage, TWO_HOURS_MS } from './stage.ts';

/** So long that a text sent meanwhile has to wait. */
const HOLDS_FOR_MS = 3_000;
const MOST_TRIES = 4;

export async function releaseWhileTheyDelete(
  stage: Stage,
  phones: Phones,
  regretful: ReadonlySet<string>,
): Promise<void> {
  const { fleet, plan, tally } = stage;
  const holdsAt = { point: 'locked', ms: HOLDS_FOR_MS } as const;
  const clockOffMs = clockOfReleases(plan);
  const diesAt = [{ point: plan.releaseDiesAt, times: 1 }];
  let areOver = false;
  const deleting = deleteInTheMiddle(stage, phones, regretful, () => areOver);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (!(await fleet.heard(['release'], { diesAt, holdsAt, clockOffMs })).wasKilled) continue;
    tally.note(`release killed at ${plan.releaseDiesAt}`);
    break;
  }
  await fleet.heard(['release'], { holdsAt, clockOffMs });
  areOver = true;
  await deleting;
}

/** Late in the evening a machine that is ahead keeps its answers for another day than the others. */
function clockOfReleases({ clockOff }: SeedPlan): number {
  return clockOff.isAhead ? TWO_HOURS_MS : 0;
}

async function deleteInTheMiddle(
  { pool, tally }: Stage,
  phones: Phones,
  regretful: ReadonlySet<string>,
  areOver: () => boolean,
): Promise<void> {
  while (!areOver() && (await locksOnAnswers(pool, true)) === 0) await sleep(20);
  const texts = Promise.all([...regretful].map((number) => phones.text(number, 'DELETE')));
  let most = 0;
  for (let look = 0; look < 120; look++) {
    most = Math.max(most, await locksOnAnswers(pool, false));
    await sleep(20);
  }
  await texts;
  tally.note('DELETE during a release', most);
}

/** Held by a release, or waited for by those who would take their answers back. */
async function locksOnAnswers(pool: Pool, isHeld: boolean): Promise<number> {
  const { rows } = await pool
    .query<{ count: string }>(
      `select count(*) from pg_locks l join pg_class c on c.oid = l.relation
       where c.relnamespace = 'pool'::regnamespace and c.relname like 'item_%'
         and c.relkind = 'r' and l.granted = $1
         and (l.mode = 'AccessExclusiveLock') = $1`,
      [isHeld],
    )
    .catch(() => ({ rows: [] }));
  return Number(rows[0]?.count ?? 0);
}

/**
 * The consultation ends: everybody's answers are released, so that each can be looked for. A few
 * want theirs back in that very moment.
 */
export async function releaseTheRest(
  stage: Stage,
  phones: Phones,
  regretful: ReadonlySet<string>,
): Promise<void> {
  const { fleet, plan, tally } = stage;
  await fleet.heard(['close', 'PARK']);
  let isOver = false;
  const deleting = deleteInTheMiddle(stage, phones, regretful, () => isOver);
  const { wasKilled } = await fleet.heard(['release'], {
    diesAt: [{ point: plan.lastReleaseDiesAt, times: 1 }],
    holdsAt: { point: 'locked', ms: HOLDS_FOR_MS },
    clockOffMs: clockOfReleases(plan),
  });
  if (wasKilled) tally.note(`release killed at ${plan.lastReleaseDiesAt}`);
  await fleet.heard(['release'], { clockOffMs: clockOfReleases(plan) });
  isOver = true;
  await deleting;
}
