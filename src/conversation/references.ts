/**
 * Keeps what a channel needs to write to somebody as it was last given: a Teams conversation may move
 * to another address of Microsoft's. A node looks at what is stored when it meets a participant for
 * the first time or with something new, and otherwise never; memory holds hashes only.
 */
import { createHash } from 'node:crypto';
import type { Inbound } from '../channel.ts';
import type { World } from './world.ts';

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
