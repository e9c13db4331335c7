/** What befalls machines and database in the middle of a run: each mishap by its name. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { reconcile } from '../../src/delivery/reconcile.ts';
import type { Chance } from './chance.ts';
import type { Fleet } from './fleet.ts';
import type { OwnPostgres } from './own-postgres.ts';

export interface Scene {
  readonly fleet: Fleet;
  readonly postgres: OwnPostgres;
  readonly pool: pg.Pool;
  readonly chance: Chance;
}

type Mishap = (scene: Scene) => Promise<void>;

export const MISHAPS: Readonly<Record<string, Mishap>> = {
  'a machine is killed': async ({ fleet }) => fleet.killOne(),
  'two machines are killed': async ({ fleet }) => {
    fleet.killOne();
    fleet.killOne();
  },
  'a machine freezes until its leases are over': ({ fleet, pool, chance }) =>
    fleet.freezeOne(async () => {
      await sleep(500 + chance.below(1_500));
      await leasesEnd(pool);
    }),
  'leases end under machines that work': ({ pool }) => leasesEnd(pool),
  'the database crashes and comes back': ({ postgres }) => postgres.crash(),
  'connections break': async ({ pool }) => {
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'heard'
         and pid <> pg_backend_pid()`,
    );
  },
  'there are no connections left': async ({ postgres, chance }) => {
    const taken: pg.Client[] = [];
    try {
      for (let at = 0; at < 100; at++) {
        const client = new pg.Client(postgres.urlOf('postgres'));
        client.on('error', () => {});
        await client.connect();
        taken.push(client);
      }
    } catch {
      // That was the last one.
    }
    await sleep(300 + chance.below(700));
    await Promise.all(taken.map((client) => client.end().catch(() => {})));
  },
  'every query waits': ({ pool, chance }) =>
    inTransaction(pool, async (client) => {
      await client.query('lock table delivery.outbox in access exclusive mode');
      await sleep(500 + chance.below(1_500));
    }),
  'somebody locks rows in the other order': ({ pool }) =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ person_id: string }>(
        `select person_id from delivery.outbox where state in ('planned', 'claimed')
         order by random() limit 20 for update skip locked`,
      );
      await sleep(100);
      await client.query('select from conv.person where id = any($1) for update', [
        rows.map((row) => row.person_id),
      ]);
      await sleep(100);
    }),
};

/** Time passes for whoever holds messages, and the sweep comes by. */
async function leasesEnd(pool: pg.Pool): Promise<void> {
  await pool.query(
    `update delivery.outbox set lease_until = clock_timestamp() - interval '1 second'
     where state in ('claimed', 'attempting') and lease_until is not null`,
  );
  await reconcile(pool, ['sms'], ['sms']);
}

async function inTransaction(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
  } finally {
    await client.query('rollback').catch(() => {});
    client.release(true);
  }
}

/** One after the other, some time apart; a mishap that itself has one is not the run's trouble. */
export async function befall(
  scene: Scene,
  names: readonly string[],
  isOver: () => boolean,
): Promise<readonly string[]> {
  const befallen: string[] = [];
  for (const name of names) {
    await sleep(200 + scene.chance.below(900));
    if (isOver()) break;
    befallen.push(name);
    await MISHAPS[name]?.(scene).catch(() => {});
  }
  return befallen;
}
