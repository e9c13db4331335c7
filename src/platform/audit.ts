/**
 * The trail of what people did here: it only grows, and each row's hash covers the one before it,
 * so that a change, a gap or a row slipped in is found. It names kinds of things and never a
 * person who takes part, an address, an answer or anything typed.
 */
import { createHash } from 'node:crypto';
import { type LeftRow, leftOf, type Store } from './kept.ts';
import type { Queryable } from './postgres.ts';

export type Actor = 'command line' | 'program' | `officer ${string}`;

export const ACTIONS = [
  'launched',
  'invited',
  'closed',
  'released',
  'paused',
  'resumed',
  'cancelled',
  'told',
  'answered',
  'guest added',
  'guest removed',
  'cases listed',
  'cases exported',
  'case reviewed',
  'keys rotated',
  'opt-outs exported',
  'opt-outs replayed',
  'clock trusted',
  'officer added',
] as const;
export type Action = (typeof ACTIONS)[number];

export const OBJECTS = [
  'consultation',
  'audience',
  'broadcast',
  'raised issue',
  'guest list',
  'safeguarding cases',
  'keys',
  'opt-outs',
  'clock',
  'officer',
] as const;
export type AuditObject = (typeof OBJECTS)[number];

export interface AuditEvent {
  readonly actor: Actor;
  readonly action: Action;
  readonly object: AuditObject;
  readonly at: Date;
}

export type Verified =
  /** `head` can be kept elsewhere: a trail cut short or written anew has another one. */
  | { readonly kind: 'whole'; readonly events: number; readonly head: string }
  | { readonly kind: 'broken'; readonly at: number };

/** Last in a transaction: others who record wait until it ends. */
export async function record(tx: Queryable, event: AuditEvent): Promise<void> {
  refuseUnknownNames(event);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    // Outside a transaction the lock ends at once, and the row's number keeps the order alone.
    await tx.query(`select pg_advisory_xact_lock(hashtext('heard audit'))`);
    if (await append(tx, event)) return;
  }
  throw new Error('the trail could not be written to');
}

const MOST_ATTEMPTS = 100;

async function append(tx: Queryable, { actor, action, object, at }: AuditEvent): Promise<boolean> {
  const { rows } = await tx.query<{ seq: string; hash: Buffer }>(
    'select seq, hash from audit.event order by seq desc limit 1',
  );
  const [last] = rows;
  const seq = last === undefined ? '1' : String(BigInt(last.seq) + 1n);
  const row: Row = { seq, at: microseconds(at), actor, action, object };
  const { rowCount } = await tx.query(
    `insert into audit.event (seq, at, actor, action, object, hash)
     values ($1, $2, $3, $4, $5, $6) on conflict (seq) do nothing`,
    [seq, row.at, actor, action, object, hashOf(last?.hash ?? BEGINNING, row)],
  );
  return rowCount === 1;
}

const ROWS_AT_A_TIME = 1000;

export async function verify(tx: Queryable): Promise<Verified> {
  let previous: Buffer = BEGINNING;
  for (let seq = 0; ; ) {
    const { rows } = await tx.query<Row & { hash: Buffer }>(
      `select seq, actor, action, object, hash,
              to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
         from audit.event where seq > $1 order by seq limit $2`,
      [seq, ROWS_AT_A_TIME],
    );
    for (const row of rows) {
      seq++;
      // The number is in the hash: a gap breaks the chain as a change does.
      if (!hashOf(previous, row).equals(row.hash)) return { kind: 'broken', at: seq };
      previous = row.hash;
    }
    if (rows.length < ROWS_AT_A_TIME) {
      return { kind: 'whole', events: seq, head: previous.toString('hex') };
    }
  }
}

/** The trail only grows; retention says so. */
export function keepTrail(tx: Queryable): Store {
  return {
    store: 'the trail of what operators did',
    rule: 'each entry vouches for the one before; it names nobody who takes part',
    forGood: true,
    tables: ['audit.event'],
    keep: async () => {
      const { rows } = await tx.query<LeftRow>(
        'select count(*)::int as left, min(at)::date::text as oldest from audit.event',
      );
      return { deleted: 0, ...leftOf(rows[0]) };
    },
  };
}

interface Row {
  readonly seq: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
}

const BEGINNING = Buffer.alloc(32);

function hashOf(previous: Buffer, { seq, at, actor, action, object }: Row): Buffer {
  return createHash('sha256')
    .update(previous)
    .update(JSON.stringify([seq, at, actor, action, object]))
    .digest();
}

function microseconds(at: Date): string {
  return at.toISOString().replace(/Z$/, '000Z');
}

const ACTOR = /^(command line|program|officer [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The trail is kept for years: nothing outside the closed sets may reach it by a slip in the types. */
function refuseUnknownNames({ actor, action, object }: AuditEvent): void {
  if (!ACTOR.test(actor) || !ACTIONS.includes(action) || !OBJECTS.includes(object)) {
    throw new TypeError('the trail knows no such actor, action or object');
  }
}
