/**
 * What sending asks of people at the last moment: have they opted out, and where do they live. One
 * statement, because it is asked once for every message that leaves.
 */
import { plainArray, type Queryable } from '../platform/postgres.ts';
import { type Address, openEach, type SealedAddress } from './addresses.ts';
import type { KeyHolder } from './keys.ts';

export interface Standing {
  readonly stopped: boolean;
  /** Undefined where no address is kept. One that does not open is that person's fault alone. */
  readonly home: Address | 'unopened' | undefined;
}

/** Nobody who is gone. Sees every opt-out that is committed when it is called. */
export async function standingsOf(
  tx: Queryable,
  keys: KeyHolder,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await tx.query<Row>({
    name: 'standings-of',
    text: `select p.id as person_id, p.stopped, a.channel, a.addr_ct, a.addr_ver, a.reference_ct
           from conv.person p left join contact.address a on a.person_id = p.id
           where p.id = any($1::uuid[])`,
    values: [plainArray(personIds)],
  });
  const homes = await openEach(keys, rows.filter(isKept));
  return new Map(rows.map(({ person_id: id, stopped }) => [id, { stopped, home: homes.get(id) }]));
}

type Row = { stopped: boolean } & (SealedAddress | Homeless);

interface Homeless {
  person_id: string;
  addr_ct: null;
}

function isKept(row: Row): row is { stopped: boolean } & SealedAddress {
  return row.addr_ct !== null;
}
