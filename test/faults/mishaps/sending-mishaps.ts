/** What befalls those who send, and their leases. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Mishap } from './scene.ts';

export const killOne: Mishap = async ({ fleet, chance }) => fleet.killOne(chance);

/**
 * Only where one is up to begin with: a machine that is killed again and again as soon as it is
 * back never sends anything, and nothing else can befall it.
 */
export const killTwo: Mishap = async ({ fleet, chance }) => {
  if (!fleet.killOne(chance)) return false;
  // Where there is only one machine, it is killed again as soon as it is back.
  for (let look = 0; look < 100; look++) {
    if (fleet.killOne(chance)) return true;
    await sleep(50);
  }
  return false;
};

export const leasesEndUnderThem: Mishap = async ({ pool }) => {
  const ended = await endLeases(pool);
  return untilSweptUp(pool, ended, ['planned', 'unknown']);
};

export interface EndedLeases {
  readonly rows: readonly string[];
  /** The last change of any row before them. */
  readonly after: number;
}

/**
 * Time passes for whoever holds messages: the next sweep of any machine finds them. What somebody is
 * writing to just now is left to them: a machine that stands still may hold it for as long as it does.
 */
export async function endLeases(pool: Pool): Promise<EndedLeases> {
  const { rows: last } = await pool.query<{ seq: number }>(
    'select coalesce(max(seq), 0)::int as seq from faults.transition',
  );
  const { rows } = await pool.query<{ id: string }>(
    `update delivery.outbox set lease_until = clock_timestamp() - interval '1 second'
     where id in (
       select id from delivery.outbox
       where state in ('claimed', 'attempting') and lease_until is not null for update skip locked)
     returning id`,
  );
  return { rows: rows.map(({ id }) => id), after: last[0]?.seq ?? 0 };
}

const SWEPT_WITHIN_MS = 3_000;

/** True when a machine's sweep has put one of them right, as one of these. */
export async function untilSweptUp(
  pool: Pool,
  { rows, after }: EndedLeases,
  as: readonly string[],
): Promise<boolean> {
  const until = performance.now() + SWEPT_WITHIN_MS;
  while (rows.length > 0 && performance.now() < until) {
    const { rowCount } = await pool.query(
      `select from faults.transition
       where row_id = any($1::bigint[]) and seq > $2 and now = any($3)
         and (was = 'claimed' or reason = 'worker-lost') limit 1`,
      [rows, after, as],
    );
    if (rowCount !== 0) return true;
    await sleep(50);
  }
  return false;
}

const LONGEST_REFUSAL_MS = 4_000;

export const providerRefuses: Mishap = async ({ pool, provider }) => {
  let wasMet = false;
  await provider.refuseWhile(async () => {
    const until = performance.now() + LONGEST_REFUSAL_MS;
    while (!wasMet && performance.now() < until) {
      await sleep(150);
      const { rowCount } = await pool.query(
        `select from faults.transition
         where was = 'attempting' and now = 'planned' and reason = 'unreachable' limit 1`,
      );
      wasMet = (rowCount ?? 0) > 0;
    }
  });
  return wasMet;
};
