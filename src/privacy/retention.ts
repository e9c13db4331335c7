/**
 * What becomes of finished answers that wait, of links and of addresses that nobody is behind any
 * more, and of what is kept for good: opt-outs, guests, and that keys and database belong together.
 */
import { type LeftRow, leftOf, type Outcome, type Store } from '../platform/kept.ts';
import type { Pool, Queryable } from '../platform/postgres.ts';
import { ageOfItems } from './item-table.ts';
import { unlinkTheLonely } from './links.ts';

/** People were told "after 3 days or more"; what waits for so long waits for a close that never came. */
const OVERDUE_DAYS = 56;

/** Released or destroyed by the release alone: what is due there is only told of here. */
export function keepFinished(pool: Pool, today: string): Store {
  return {
    store: 'finished answers that wait, sealed',
    rule: 'until enough can be released together; at the latest after their consultation is closed',
    tables: ['pool.batch', 'pool.item'],
    keep: async () => {
      const { rows } = await pool.query<{ id: string }>('select id from pool.batch');
      const ages = await Promise.all(
        rows.map(({ id }) => ageOfItems(pool, id, { today, days: OVERDUE_DAYS })),
      );
      const sum = (of: 'left' | 'overdue') => ages.reduce((all, age) => all + age[of], 0);
      const [oldest] = ages.flatMap((age) => age.oldest ?? []).toSorted();
      const overdue = sum('overdue');
      return {
        deleted: 0,
        left: sum('left'),
        ...(oldest === undefined ? {} : { oldest }),
        ...(overdue > 0
          ? {
              alert: `${overdue} could have gone ${OVERDUE_DAYS} days ago: heard release says what holds them, heard close ends their consultation`,
            }
          : {}),
      };
    },
  };
}

/** Anybody's address goes with them; one that was written in the moment of their going goes here. */
export function keepAddresses(db: Queryable): Store {
  return {
    store: 'addresses, encrypted',
    rule: 'as long as the person; never of somebody who said stop before it was known',
    tables: ['contact.address'],
    keep: async () => {
      const { rowCount } = await db.query(
        `delete from contact.address a
         where not exists (select from conv.person p where p.id = a.person_id)`,
      );
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, null as oldest from contact.address',
      );
      return { deleted: rowCount ?? 0, ...leftOf(rows[0]) };
    },
  };
}

export function keepLinks(db: Queryable): Store {
  return {
    store: 'channels somebody linked, as opaque ids',
    rule: 'as long as the people; codes 15 minutes, wrong tries an hour',
    tables: ['conv.link', 'conv.link_code', 'conv.link_try'],
    keep: async () => {
      const deleted = await unlinkTheLonely(db);
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(linked_on)::text as oldest from conv.link',
      );
      return { deleted, ...leftOf(rows[0]) };
    },
  };
}

/** Survives erasure: a keyed hash, so that nobody who said stop is ever written to again. */
export function keepOptOuts(db: Queryable): Store {
  return forGood(
    {
      store: 'opt-outs, hashed',
      rule: 'so that nobody who said stop is written to again',
      tables: ['contact.suppression'],
    },
    async () => {
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(since)::text as oldest from contact.suppression',
      );
      return leftOf(rows[0]);
    },
  );
}

export function keepGuests(db: Queryable): Store {
  return forGood(
    {
      store: 'the guest list of trial mode, hashed',
      rule: 'officers and testers who asked to be on it',
      tables: ['contact.guest'],
    },
    async () => {
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, null as oldest from contact.guest',
      );
      return leftOf(rows[0]);
    },
  );
}

/** What says that the keys are this database's, and that it was not restored. */
export function keepSelf(db: Queryable): Store {
  return forGood(
    {
      store: 'what ties the database to its keys',
      rule: 'a check value and a count of minutes: nothing about people',
      tables: ['contact.key_check', 'contact.journal'],
    },
    async () => {
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, null as oldest from contact.key_check',
      );
      return leftOf(rows[0]);
    },
  );
}

function forGood(
  described: Pick<Store, 'store' | 'rule' | 'tables'>,
  count: () => Promise<Pick<Outcome, 'left' | 'oldest'>>,
): Store {
  return {
    ...described,
    forGood: true,
    keep: async () => ({ deleted: 0, ...(await count()) }),
  };
}
