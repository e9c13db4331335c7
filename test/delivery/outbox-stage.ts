/**
 * A database, a provider that does as it is told, and people who are nobody: what the tests of the
 * outbox play on. Time passes by moving the rows' times back, never by waiting.
 */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeEach } from 'vitest';
import type { Channel, Outbound, SendOutcome } from '../../src/channel.ts';
import type { People } from '../../src/delivery/attempt.ts';
import { createDispatcher, type DispatcherOptions } from '../../src/delivery/dispatcher.ts';
import type { SendingHours } from '../../src/delivery/hours.ts';
import { type PlannedMessage, plan, saveContent } from '../../src/delivery/plan.ts';
import {
  type BroadcastClass,
  type NewBroadcast,
  planBroadcast as planFromRecipients,
} from '../../src/delivery/plan-broadcast.ts';
import { withRecipients } from '../../src/delivery/recipients.ts';
import { NO_HOLIDAYS } from '../../src/delivery/school-days.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { silentLog } from '../../src/platform/log.ts';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';

export interface Stage extends AsyncDisposable {
  readonly pool: Pool;
  readonly database: TestDatabase;
  readonly provider: Provider;
  readonly people: People;
  readonly stopped: Set<string>;
  readonly guests: Set<string>;
  readonly homeless: Set<string>;
  readonly optedOut: string[];
  readonly dispatcher: (
    options?: Partial<DispatcherOptions>,
  ) => ReturnType<typeof createDispatcher>;
  readonly say: (text: string, message?: Partial<PlannedMessage>) => Promise<PlannedMessage>;
  readonly rows: () => Promise<readonly OutboxRow[]>;
  /** The row, where a test has but one. */
  readonly row: () => Promise<OutboxRow>;
  /** Lets time pass: every time that a row holds moves so far into the past. */
  readonly timePasses: (interval: string) => Promise<void>;
  /** Empties it for the next test. */
  readonly reset: () => Promise<void>;
}

export interface OutboxRow {
  readonly id: string;
  readonly person_id: string;
  readonly class: string;
  readonly state: string;
  readonly was_accepted: boolean;
  readonly nonce: string | null;
  readonly reason: string | null;
  readonly attempts: number;
  readonly provider_id: string | null;
  readonly body_ct: Buffer | null;
  readonly key_day: string | null;
  readonly resent: boolean;
  readonly resend_of: string | null;
  readonly unsent: boolean;
  readonly worker: string | null;
  readonly ended_on: string | null;
  readonly is_held: boolean;
}

export interface Provider extends Channel {
  readonly sent: { readonly address: string; readonly text: string; readonly nonce: string }[];
  answer: (outbound: Outbound) => Promise<SendOutcome> | SendOutcome;
}

/** One for all tests of a file, emptied before each, ended with it. */
export async function stageOfThisFile(): Promise<Stage> {
  const on = await stage();
  beforeEach(() => on.reset());
  afterAll(() => on[Symbol.asyncDispose]());
  return on;
}

async function stage(): Promise<Stage> {
  const database = await freshDatabase();
  const { pool } = database;
  const provider = standIn();
  const stopped = new Set<string>();
  const guests = new Set<string>();
  const homeless = new Set<string>();
  const optedOut: string[] = [];
  const rows = async () => (await pool.query<OutboxRow>(ROWS)).rows;
  const people: People = {
    standingsOf: async (_, ids) =>
      new Map(
        ids.map((id) => [
          id,
          { stopped: stopped.has(id), home: homeless.has(id) ? undefined : { address: id } },
        ]),
      ),
    guestsAmong: async (_, ids) => new Set(ids.filter((id) => guests.has(id))),
  };
  return {
    pool,
    database,
    provider,
    people,
    stopped,
    guests,
    homeless,
    optedOut,
    dispatcher: (options = {}) =>
      createDispatcher({
        pool,
        channel: provider,
        ambient: systemAmbient,
        people,
        openBody: async (_, body) => JSON.parse(Buffer.from(body.sealed).toString()),
        onOptOut: async (personId) => {
          optedOut.push(personId);
        },
        trial: false,
        partsPerSecond: 1_000_000,
        hours: ANY_TIME,
        log: silentLog,
        ...options,
      }),
    say: async (text, message = {}) => {
      const planned: PlannedMessage = {
        personId: randomUUID(),
        channel: 'sms',
        class: 'reply',
        parts: 1,
        body: { sealed: sealed(text), keyDay: '2026-11-02' },
        ...message,
      };
      await plan(pool, [planned]);
      return planned;
    },
    rows,
    row: async () => {
      const [row] = await rows();
      if (!row) throw new Error('no row');
      return row;
    },
    timePasses: async (interval) => {
      await pool.query(
        `update delivery.outbox
         set lease_until = lease_until - $1::interval, attempted_at = attempted_at - $1::interval,
             not_before = not_before - $1::interval`,
        [interval],
      );
      await pool.query('update delivery.bucket set held_until = held_until - $1::interval', [
        interval,
      ]);
    },
    reset: async () => {
      await pool.query(
        'truncate delivery.outbox, delivery.content, delivery.bucket, delivery.total, delivery.broadcast, delivery.contact, delivery.spent, delivery.trial_day restart identity',
      );
      for (const set of [stopped, guests, homeless]) set.clear();
      optedOut.length = 0;
      provider.sent.length = 0;
      provider.answer = answerInTurn();
    },
    [Symbol.asyncDispose]: () => database.end(),
  };
}

const ROWS = `
  select id, person_id, class, state, was_accepted, nonce, reason, attempts, provider_id, body_ct,
         key_day::text, resent, resend_of, unsent, worker, ended_on::text,
         not_before > clock_timestamp() as is_held
  from delivery.outbox order by id`;

function answerInTurn(): Provider['answer'] {
  let count = 0;
  return () => {
    count += 1;
    return accepted(`SM${count}`);
  };
}

function standIn(): Provider {
  const provider: Provider = {
    name: 'sms',
    sender: '+447700900001',
    staysOnThisMachine: true,
    cost: () => 1,
    sent: [],
    answer: answerInTurn(),
    send: async (outbound) => {
      const { address, nonce, prompts } = outbound;
      provider.sent.push({ address, nonce, text: prompts.map((one) => one.text).join(' | ') });
      return provider.answer(outbound);
    },
  };
  return provider;
}

export function accepted(providerId = 'SM1'): SendOutcome {
  return { kind: 'accepted', providerId };
}

const ANY_TIME: SendingHours = {
  timeZone: 'Europe/London',
  holidays: NO_HOLIDAYS,
  always: true,
};

export interface Recipient {
  readonly personId: string;
  readonly channel: string;
  readonly contentIds: readonly string[];
}

/** Plans a broadcast to people whom the test names. */
export function planBroadcast(
  pool: Pool,
  one: { readonly broadcastId: string; readonly class: BroadcastClass } & Partial<NewBroadcast> & {
      readonly recipients: readonly Recipient[];
    },
): Promise<number> {
  const wordings = new Map(one.recipients.map(({ contentIds }) => [contentIds.join(), contentIds]));
  return withRecipients(pool, (session) =>
    session.transaction(async (tx) => {
      await tx.query(
        `insert into pg_temp.recipient (person_id, channel, wording, reachable)
         select *, true from unnest($1::uuid[], $2::text[], $3::text[])`,
        [
          one.recipients.map(({ personId }) => personId),
          one.recipients.map(({ channel }) => channel),
          one.recipients.map(({ contentIds }) => contentIds.join()),
        ],
      );
      return planFromRecipients(
        tx,
        { id: one.broadcastId, consultationId: randomUUID(), hours: 'under-18', ...one },
        [...wordings].map(([wording, contentIds]) => ({ wording, contentIds })),
      );
    }),
  );
}

/** Feedback as it is: each is told what happened, and then asked about it. */
export async function tellAndAsk(pool: Pool, people: readonly string[]): Promise<void> {
  const contentIds = [
    await content(pool, 'what happened'),
    await content(pool, 'did we get it right?'),
  ];
  await planBroadcast(pool, {
    broadcastId: randomUUID(),
    class: 'feedback',
    recipients: people.map((personId) => ({ personId, channel: 'sms', contentIds })),
  });
}

function prompt(text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language: 'en' };
}

export function sealed(text: string): Buffer {
  return Buffer.from(JSON.stringify([prompt(text)]));
}

/** A text that many rows share; gives its id. */
export async function content(pool: Pool, text: string, parts = 1): Promise<string> {
  const id = randomUUID();
  await saveContent(pool, { id, prompts: [prompt(text)], parts });
  return id;
}

export function dies(): never {
  throw new Error('a crash, for a test');
}
