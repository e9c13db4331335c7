/**
 * Where somebody is written to later: kept when they join, and what a channel needs besides as it was
 * last given, because a Teams conversation may move to another address of Microsoft's. A node looks at
 * what is stored when it meets a participant for the first time or with something new, and otherwise
 * never; memory holds hashes only.
 */
import { createHash } from 'node:crypto';
import type { Inbound } from '../channel.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { Queryable } from '../platform/postgres.ts';
import type { Situation } from './situation.ts';
import type { World } from './world.ts';

/** Nothing of who answers on a page: nobody is reached there. */
export async function rememberWhereToWrite(
  { contacts }: World,
  tx: Queryable,
  { inbound, person }: Pick<Situation, 'inbound' | 'person'>,
): Promise<void> {
  const { channel, address, reference } = inbound;
  if (!mayBeContacted(channel)) return;
  await contacts.rememberAddress(tx, {
    person: person.id,
    channel,
    address,
    ...(reference === undefined ? {} : { reference }),
  });
}

/** As many as write within an hour on one node; the oldest is forgotten first. */
const MOST_REMEMBERED = 20_000;

export type KeepReference = (inbound: Inbound, personId: string) => Promise<void>;

export function createKeepReference({ pool, contacts }: World): KeepReference {
  const known = new Map<string, string>();
  return async ({ channel, reference }, person) => {
    if (reference === undefined) return;
    const hash = createHash('sha256').update(reference).digest('base64');
    if (known.get(person) === hash) return;
    known.delete(person);
    // Who has not joined is kept nowhere, and asked for again.
    if (await contacts.refreshReference(pool, { person, channel, reference }))
      known.set(person, hash);
    if (known.size > MOST_REMEMBERED) known.delete(known.keys().next().value ?? '');
  };
}
