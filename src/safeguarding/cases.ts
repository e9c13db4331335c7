/**
 * Cases for the safeguarding lead: opened by the program, readable by nobody here. A row says how
 * grave a case is and on which day it was opened; who it is about and what was said is sealed.
 */
import type { Queryable } from '../platform/postgres.ts';
import { type CaseContents, sealContents, sealFound, sealLink } from './case-seal.ts';
import type { Level } from './finding.ts';

export interface NewCase {
  readonly id: string;
  readonly level: Level;
  /** ISO date: a day, for a time would tell whose message it was. */
  readonly openedOn: string;
}

export interface SealedCase extends NewCase {
  readonly state: 'open' | 'reviewed';
  readonly sealed: Uint8Array;
  readonly link?: Uint8Array;
}

/** Harm was told just now. */
export async function openCase(
  tx: Queryable,
  told: NewCase & { readonly sealedFor: Uint8Array; readonly contents: CaseContents },
): Promise<void> {
  await insertCase(tx, told, sealContents(told.sealedFor, told.contents));
}

/**
 * Harm was found when answers were released: the link that waited beside them says whose they are.
 * The texts are sealed with it where the lead's key is at hand; without it the link stands alone.
 */
export async function openCaseFromLink(
  tx: Queryable,
  late: NewCase & {
    readonly caseLink: Uint8Array;
    readonly told?: { readonly sealedFor: Uint8Array; readonly texts: readonly string[] };
  },
): Promise<void> {
  const { told, caseLink: link } = late;
  if (told === undefined) await insertCase(tx, late, link);
  else await insertCase(tx, late, sealFound(told.sealedFor, told.texts), link);
}

/** What waits beside finished answers until they are released: all of one size. */
export function caseLink(whose: {
  readonly sealedFor: Uint8Array;
  readonly channel: string;
  readonly address: string;
  readonly consultation: string;
}): Uint8Array {
  const { sealedFor, channel, address, consultation } = whose;
  return sealLink(sealedFor, { channel, address, consultation });
}

/** The gravest first, then the oldest. */
export async function listSealed(tx: Queryable): Promise<readonly SealedCase[]> {
  const { rows } = await tx.query<{
    id: string;
    level: Level;
    opened_on: string;
    state: 'open' | 'reviewed';
    sealed_blob: Buffer;
    case_link: Buffer | null;
  }>(
    `select id, level, opened_on::text, state, sealed_blob, case_link
       from safe.case order by level desc, opened_on, id`,
  );
  return rows.map((row) => ({
    id: row.id,
    level: row.level,
    openedOn: row.opened_on,
    state: row.state,
    sealed: row.sealed_blob,
    ...(row.case_link === null ? {} : { link: row.case_link }),
  }));
}

export async function markReviewed(
  tx: Queryable,
  id: string,
): Promise<'reviewed' | 'reviewed-before' | 'no-such-case'> {
  const { rows } = await tx.query<{ before: string }>(
    `update safe.case set state = 'reviewed'
       from (select id, state as before from safe.case where id = $1 for update) as held
      where safe.case.id = held.id returning before`,
    [id],
  );
  if (rows[0] === undefined) return 'no-such-case';
  return rows[0].before === 'open' ? 'reviewed' : 'reviewed-before';
}

async function insertCase(
  tx: Queryable,
  { id, level, openedOn }: NewCase,
  sealed: Uint8Array,
  link?: Uint8Array,
): Promise<void> {
  await tx.query(
    `insert into safe.case (id, level, opened_on, sealed_blob, case_link)
     values ($1, $2, $3, $4, $5)`,
    [id, level, openedOn, sealed, link ?? null],
  );
}
