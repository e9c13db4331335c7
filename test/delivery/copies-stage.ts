/** Attempts of unknown fate, and a provider that lists and deletes copies of messages as a test says. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeEach } from 'vitest';
import type { Channel, FoundCopies, FoundCopy, SentMessage } from '../../src/channel.ts';
import { type SeekOptions, seekUnknown } from '../../src/delivery/seek.ts';
import { silentLog } from '../../src/platform/log.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { everybodyAtHome } from './everybody-at-home.ts';
import { giveNonce } from './nonces.ts';
import { sealed } from './outbox-stage.ts';

interface CopiesStage extends AsyncDisposable {
  readonly pool: Pool;
  /** Puts an attempt into the outbox as it was left. */
  readonly row: (one?: Row) => Promise<void>;
  readonly rows: () => Promise<readonly (readonly [string, string | null])[]>;
  readonly seek: (
    channel: Channel,
    options?: Partial<SeekOptions>,
  ) => ReturnType<typeof seekUnknown>;
  readonly timePasses: (minutes: number) => Promise<void>;
  readonly reset: () => Promise<void>;
}

interface Row {
  readonly state?: string;
  readonly class?: string;
  readonly person?: string;
  readonly text?: string;
  readonly minutesAgo?: number;
  readonly providerId?: string;
}

/** Whom an attempt is to, unless a test says otherwise. */
export const ANNA = randomUUID();

/** One for all tests of a file, emptied before each, ended with it. */
export async function copiesStageOfThisFile(): Promise<CopiesStage> {
  const on = await copiesStage();
  beforeEach(() => on.reset());
  afterAll(() => on[Symbol.asyncDispose]());
  return on;
}

async function copiesStage(): Promise<CopiesStage> {
  const database = await freshDatabase();
  const { pool } = database;
  return {
    pool,
    row: (one) => row(pool, one),
    rows: async () => {
      const found = await pool.query<{ state: string; provider_id: string | null }>(
        'select state, provider_id from delivery.outbox order by id',
      );
      return found.rows.map(({ state, provider_id }) => [state, provider_id] as const);
    },
    seek: (channel, options) => seek(pool, channel, options),
    timePasses: async (minutes) => {
      await pool.query(
        `update delivery.outbox set attempted_at = attempted_at - $1 * interval '1 minute'`,
        [minutes],
      );
    },
    reset: async () => {
      await pool.query('truncate delivery.outbox, delivery.provider_copy restart identity');
    },
    [Symbol.asyncDispose]: () => database.end(),
  };
}

async function row(pool: Pool, one: Row = {}): Promise<void> {
  const state = one.state ?? 'unknown';
  const accepted = ['accepted', 'sent', 'delivered', 'undelivered'].includes(state);
  const { rows } = await pool.query<{ id: string }>(
    `insert into delivery.outbox
       (person_id, channel, class, priority, state, was_accepted, parts, body_ct, key_day,
        attempts, attempted_at, provider_id, ended_on)
     values ($1, 'sms', $2, 4, $3, $4, 1, $5, '2026-11-02', 1,
             clock_timestamp() - $6 * interval '1 minute', $7, current_date)
     returning id`,
    [
      one.person ?? ANNA,
      one.class ?? 'feedback',
      state,
      accepted,
      accepted ? null : sealed(one.text ?? 'what happened'),
      one.minutesAgo ?? 11,
      one.providerId ?? null,
    ],
  );
  await giveNonce(pool, rows[0]?.id ?? '');
}

export function copyOf(providerId: string, state: FoundCopy['state'] = 'delivered'): FoundCopy {
  return { providerId, state };
}

/** A provider whose list is given by what was asked for. */
export function provider(find: (sent: SentMessage) => FoundCopies | readonly FoundCopy[]) {
  const asked: SentMessage[] = [];
  const removed: string[] = [];
  const channel = {
    name: 'sms',
    sender: '+447700900001',
    staysOnThisMachine: true,
    cost: () => 1,
    send: async () => ({ kind: 'unknown', reason: 'not-here' }),
    copies: {
      find: async (sent) => {
        asked.push(sent);
        const found = find(sent);
        return 'kind' in found ? found : { kind: 'listed', copies: found };
      },
      list: async () => ({ kind: 'page', copies: [] }),
      remove: async (id) => {
        removed.push(id);
        return { kind: 'gone' };
      },
    },
  } satisfies Channel;
  return { channel, asked, removed };
}

function seek(pool: Pool, channel: Channel, options: Partial<SeekOptions> = {}) {
  return seekUnknown({
    pool,
    channel,
    people: everybodyAtHome(),
    openBody: async (_, body) => JSON.parse(Buffer.from(body.sealed).toString()),
    onOptOut: async () => undefined,
    log: silentLog,
    perSecond: 1_000,
    ...options,
  });
}
