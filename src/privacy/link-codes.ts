/**
 * The codes that link channels: given on one, typed on another, confirmed there. A code lives for
 * fifteen minutes and works once, is kept only as a keyed hash, and cannot be guessed: five wrong
 * tries an hour for a person, of thirty-seven thousand million.
 */
import type { Ambient } from '../platform/ambient.ts';
import type { Queryable } from '../platform/postgres.ts';
import { hashLinkCode } from './blind-index.ts';
import type { KeyHolder } from './keys.ts';
import { type Linking, mayLink } from './links.ts';

/** None that looks or sounds like another, and no vowel, so that no code is a word. */
const LETTERS = '34679CDFGHJKMNPQRTWXY';
const LENGTH = 8;
const LIFE_MS = 15 * 60_000;
const MOST_WRONG_TRIES = 5;
const TRIES_WITHIN_MS = 3_600_000;

/** "C7QM 4RTX". */
export function newLinkCode({ below }: Pick<Ambient, 'below'>): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[below(LETTERS.length)] ?? '');
  return `${letters.slice(0, LENGTH / 2).join('')} ${letters.slice(LENGTH / 2).join('')}`;
}

/** As it was given, however it was typed; undefined for what cannot be a code. */
export function readLinkCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replaceAll(/[\s.\-–]/g, '');
  return letters.length === LENGTH && [...letters].every((one) => LETTERS.includes(one))
    ? letters
    : undefined;
}

/** The code that this person may use from now on; an earlier one is void. */
export async function offerLinkCode(
  tx: Queryable,
  keys: KeyHolder,
  { personId, code, now }: { readonly personId: string; readonly code: string; readonly now: Date },
): Promise<void> {
  await forgetOldCodes(tx, now);
  await tx.query('delete from conv.link_code where person_id = $1', [personId]);
  await tx.query('insert into conv.link_code (code, person_id, until) values ($1, $2, $3)', [
    await hashLinkCode(keys, readLinkCode(code) ?? ''),
    personId,
    new Date(now.getTime() + LIFE_MS),
  ]);
}

export type Typed =
  | { readonly kind: 'asks'; readonly owner: string }
  | { readonly kind: 'wrong' | 'own' | 'too-many-tries' }
  | { readonly kind: Exclude<Linking, 'linked'> };

/**
 * A code typed by somebody: it waits for their yes, and nobody else can use it any more. Inside a
 * transaction: it holds the person, so that tries made at once are counted one after the other.
 */
export async function typeLinkCode(
  tx: Queryable,
  keys: KeyHolder,
  one: { readonly personId: string; readonly typed: string; readonly now: Date },
): Promise<Typed> {
  const { personId, now } = one;
  await tx.query('select from conv.person where id = $1 for update', [personId]);
  if ((await wrongTries(tx, personId, now)) >= MOST_WRONG_TRIES) return { kind: 'too-many-tries' };
  const code = readLinkCode(one.typed);
  const found = code === undefined ? undefined : await find(tx, keys, { code, personId, now });
  if (found === undefined) {
    await tx.query('insert into conv.link_try (person_id, at) values ($1, $2)', [personId, now]);
    return { kind: 'wrong' };
  }
  if (found.owner === personId) return { kind: 'own' };
  const may = await mayLink(tx, found.owner, personId);
  if (may !== 'linked') return { kind: may };
  await dropTypedCode(tx, personId, found.owner);
  const { rowCount } = await tx.query(
    `update conv.link_code set typed_by = $2, until = $3
     where code = $1 and (typed_by is null or typed_by = $2)`,
    [found.code, personId, new Date(now.getTime() + LIFE_MS)],
  );
  return rowCount === 1 ? { kind: 'asks', owner: found.owner } : { kind: 'wrong' };
}

/** Whose code this person has typed and not yet said yes to. */
export async function typedLinkCode(
  tx: Queryable,
  personId: string,
  now: Date,
): Promise<string | undefined> {
  return ownerFrom(tx, `select person_id from ${TYPED}`, [personId, now]);
}

/** Yes: the code is used up. Undefined when it was used or went out of date in that moment. */
export async function takeTypedCode(
  tx: Queryable,
  personId: string,
  now: Date,
): Promise<string | undefined> {
  return ownerFrom(tx, `delete from ${TYPED} returning person_id`, [personId, now]);
}

const TYPED = 'conv.link_code where typed_by = $1 and until > $2';

async function ownerFrom(
  tx: Queryable,
  text: string,
  values: readonly unknown[],
): Promise<string | undefined> {
  const { rows } = await tx.query<{ person_id: string }>(text, [...values]);
  return rows[0]?.person_id;
}

/** Anything but yes: the code is used up all the same. */
export async function dropTypedCode(
  tx: Queryable,
  personId: string,
  butOf?: string,
): Promise<void> {
  await tx.query(
    'delete from conv.link_code where typed_by = $1 and ($2::uuid is null or person_id <> $2)',
    [personId, butOf ?? null],
  );
}

/** Codes and tries whose time is over. */
export async function forgetOldCodes(tx: Queryable, now: Date): Promise<void> {
  await tx.query('delete from conv.link_code where until <= $1', [now]);
  await tx.query('delete from conv.link_try where at <= $1', [
    new Date(now.getTime() - TRIES_WITHIN_MS),
  ]);
}

async function find(
  tx: Queryable,
  keys: KeyHolder,
  one: { readonly code: string; readonly personId: string; readonly now: Date },
): Promise<{ readonly code: Uint8Array; readonly owner: string } | undefined> {
  const code = await hashLinkCode(keys, one.code);
  const owner = await ownerFrom(
    tx,
    `select person_id from conv.link_code
     where code = $1 and until > $2 and (typed_by is null or typed_by = $3)`,
    [code, one.now, one.personId],
  );
  return owner === undefined ? undefined : { code, owner };
}

async function wrongTries(tx: Queryable, personId: string, now: Date): Promise<number> {
  const { rows } = await tx.query<{ tries: number }>(
    'select count(*)::int as tries from conv.link_try where person_id = $1 and at > $2',
    [personId, new Date(now.getTime() - TRIES_WITHIN_MS)],
  );
  return rows[0]?.tries ?? 0;
}
