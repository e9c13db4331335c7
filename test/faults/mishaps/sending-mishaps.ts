/** What befalls those who send, and their leases. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type Reconciled, reconcile } from '../../../src/delivery/reconcile.ts';
import type { Mishap } from './scene.ts';

export const killOne: Mishap = async ({ fleet, chance }) => fleet.killOne(chance);

export const killTwo: Mishap = async ({ fleet, chance }) => {
  const isOneKilled = fleet.killOne(chance);
  // Where there is only one machine, it is killed again as soon as it is back.
  for (let look = 0; look < 100; look++) {
    await sleep(isOneKilled && look === 0 ? 0 : 50);
    if (fleet.killOne(chance)) return isOneKilled;
  }
  return false;
};

export const leasesEndUnderThem: Mishap = async ({ pool }) => {
  const { freed, unknown } = await endLeases(pool);
  return freed + unknown > 0;
};

/** Time passes for whoever holds messages, and the sweep comes by. */
export async function endLeases(pool: Pool): Promise<Reconciled> {
  await pool.query(
    `update delivery.outbox set lease_until = clock_timestamp() - interval '1 second'
     where state in ('claimed', 'attempting') and lease_until is not null`,
  );
  return reconcile(pool, ['sms'], ['sms']);
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
