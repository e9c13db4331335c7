/**
 * What linked channels share: a person is asked once, wherever they answer. Somebody who has linked
 * nothing costs no statement here; nothing is ever looked for beside the links that they made.
 */
import type { InCircle } from '../delivery/contact-cap.ts';
import type { Queryable } from '../platform/postgres.ts';
import { type Linked, linkedWith } from '../privacy/links.ts';
import { type Participation, participationsOf } from './participations.ts';

/** Somebody, and whether anything is linked with them. */
export interface MaybeLinked {
  readonly id: string;
  readonly links?: boolean;
}

export async function othersOf(
  tx: Queryable,
  { id, links }: MaybeLinked,
): Promise<readonly Linked[]> {
  return links ? linkedWith(tx, id) : [];
}

export async function circleOf(tx: Queryable, person: MaybeLinked): Promise<readonly string[]> {
  return [person.id, ...(await othersOf(tx, person)).map(({ id }) => id)];
}

const FURTHEST_FIRST = ['done', 'follows', 'joined'] as const;

/** What they take part in on any of their channels: each consultation once, as far as they came. */
export async function takesPartIn(
  tx: Queryable,
  person: MaybeLinked,
): Promise<readonly Participation[]> {
  if (!person.links) return participationsOf(tx, person.id);
  const furthest = new Map<string, Participation>();
  for (const id of await circleOf(tx, person)) {
    for (const one of await participationsOf(tx, id)) {
      const known = furthest.get(one.consultationId);
      if (known && rank(known) <= rank(one)) continue;
      furthest.set(one.consultationId, one);
    }
  }
  return [...furthest.values()].toSorted((a, b) => b.joinedOn.localeCompare(a.joinedOn));
}

function rank({ state }: Participation): number {
  return FURTHEST_FIRST.indexOf(state);
}

/** Where else this person is in the middle of the consultation. */
export async function startedElsewhere(
  tx: Queryable,
  person: MaybeLinked,
  consultationId: string,
): Promise<Linked | undefined> {
  const others = await othersOf(tx, person);
  if (others.length === 0) return undefined;
  const { rows } = await tx.query<{ person_id: string }>(
    `select person_id from conv.conversation
     where person_id = any($1::uuid[]) and consultation_id = $2`,
    [others.map(({ id }) => id), consultationId],
  );
  return others.find(({ id }) => rows.some((row) => row.person_id === id));
}

/** Whether they finished it on another channel. */
export async function finishedElsewhere(
  tx: Queryable,
  person: MaybeLinked,
  consultationId: string,
): Promise<boolean> {
  const others = await othersOf(tx, person);
  if (others.length === 0) return false;
  const { rowCount } = await tx.query(
    `select from conv.participation
     where person_id = any($1::uuid[]) and consultation_id = $2 and state = 'done' limit 1`,
    [others.map(({ id }) => id), consultationId],
  );
  return rowCount === 1;
}

/** Who of these have linked anything, and all who are the same person as they. */
export async function circlesOf(
  tx: Queryable,
  personIds: readonly string[],
): Promise<readonly InCircle[]> {
  const { rows } = await tx.query<InCircle>(
    `select person_id as "personId", circle from conv.link
     where circle in (select circle from conv.link where person_id = any($1::uuid[]))`,
    [personIds],
  );
  return rows;
}
