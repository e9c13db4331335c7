import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  Channel,
  FoundCopies,
  FoundCopy,
  HeldCopy,
  ProviderCopies,
  SentMessage,
} from '../../src/channel.ts';
import { dropCopies, sweepCopies } from '../../src/delivery/copies.ts';
import { createCopyLedger } from '../../src/delivery/copy-ledger.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { seekUnknown } from '../../src/delivery/seek.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { silentLog } from '../../src/platform/log.ts';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';
import { sealed } from './outbox-stage.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = database.pool;
});
beforeEach(async () => {
  await pool.query('truncate delivery.outbox, delivery.provider_copy restart identity');
});
afterAll(() => database.end());

const ANNA = randomUUID();
const BEN = randomUUID();

interface Row {
  readonly state?: string;
  readonly class?: string;
  readonly person?: string;
  readonly text?: string;
  readonly minutesAgo?: number;
  readonly providerId?: string;
}

async function row(one: Row = {}): Promise<void> {
  const state = one.state ?? 'unknown';
  const accepted = ['accepted', 'sent', 'delivered', 'undelivered'].includes(state);
  await pool.query(
    `insert into delivery.outbox
       (person_id, channel, class, priority, state, was_accepted, nonce, parts, body_ct, key_day,
        attempts, attempted_at, provider_id, ended_on)
     values ($1, 'sms', $2, 4, $3, $4, gen_random_uuid(), 1, $5, '2026-11-02', 1,
             clock_timestamp() - $6 * interval '1 minute', $7, current_date)`,
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
}

async function rows(): Promise<readonly unknown[]> {
  const found = await pool.query('select state, provider_id from delivery.outbox order by id');
  return found.rows.map(({ state, provider_id }) => [state, provider_id]);
}

function copyOf(providerId: string, state: FoundCopy['state'] = 'delivered'): FoundCopy {
  return { providerId, state };
}

/** A provider whose list is given by what was asked for. */
function provider(find: (sent: SentMessage) => FoundCopies | readonly FoundCopy[]) {
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

function seek(channel: Channel) {
  return seekUnknown({
    pool,
    channel,
    people: { addressOf: async (_, ids) => new Map(ids.map((id) => [id, { address: id }])) },
    openBody: async (_, body) => JSON.parse(Buffer.from(body.sealed).toString()),
    onOptOut: async () => undefined,
    log: silentLog,
    perSecond: 1_000,
  });
}

async function timePasses(minutes: number): Promise<void> {
  await pool.query(
    `update delivery.outbox set attempted_at = attempted_at - $1 * interval '1 minute'`,
    [minutes],
  );
}

describe('many attempts of unknown fate', () => {
  /** A provider that lists all at once what it took: every second one. */
  function listing(answers: readonly ('list' | 'fault')[] = []) {
    const one = provider(({ address }) => [copyOf(`SM ${address}`)]);
    const asked: number[] = [];
    const waiting = [...answers];
    const copies: ProviderCopies = {
      ...one.channel.copies,
      findMany: async (sent) => {
        asked.push(sent.length);
        if (waiting.shift() === 'fault') return { kind: 'cannot-tell', reason: 'http-500' };
        return {
          kind: 'listed',
          copies: sent.map(({ address }, at) => (at % 2 === 0 ? [copyOf(`SM ${address}`)] : [])),
        };
      },
    };
    return { channel: { ...one.channel, copies }, asked, each: one.asked };
  }

  async function unknown(count: number): Promise<void> {
    await pool.query(
      `insert into delivery.outbox
         (person_id, channel, class, priority, state, nonce, parts, body_ct, key_day, attempts,
          attempted_at, ended_on)
       select gen_random_uuid(), 'sms', 'feedback', 4, 'unknown', gen_random_uuid(), 1, $2,
              '2026-11-02', 1, clock_timestamp() - interval '11 minutes', current_date
       from generate_series(1, $1)`,
      [count, sealed('what happened')],
    );
  }

  const found = async () =>
    (await rows()).filter((one) => Array.isArray(one) && one[0] === 'delivered').length;

  test('are looked for at once: three thousand are no more than one question', async () => {
    await unknown(3_000);
    const { channel, asked, each } = listing();
    expect(await seek(channel)).toEqual({ looked: 3_000, found: 1_500 });
    expect([asked, each]).toEqual([[3_000], []]);
    expect(await found()).toBe(1_500);
    await seek(channel);
    expect(asked).toHaveLength(1);
  });

  test('are looked for one by one where the list cannot be read at once', async () => {
    await unknown(60);
    const { channel, asked, each } = listing(['fault']);
    expect(await seek(channel)).toEqual({ looked: 60, found: 60 });
    expect([asked, each.length]).toEqual([[60], 60]);
  });

  test('a few are looked for one by one', async () => {
    await unknown(3);
    const { channel, asked, each } = listing();
    expect(await seek(channel)).toEqual({ looked: 3, found: 3 });
    expect([asked, each.length]).toEqual([[], 3]);
  });
});

describe('an attempt of unknown fate', () => {
  test('is not looked for while a callback may still come', async () => {
    await row({ minutesAgo: 9 });
    const { channel, asked } = provider(() => [copyOf('SM1')]);
    expect(await seek(channel)).toEqual({ looked: 0, found: 0 });
    expect(asked).toEqual([]);
  });

  test('is settled by what the provider lists, and then never sent again', async () => {
    await row();
    const { channel, asked } = provider(() => [copyOf('SM1', 'accepted')]);
    expect(await seek(channel)).toEqual({ looked: 1, found: 1 });
    expect(asked).toMatchObject([{ address: ANNA, prompts: [{ text: 'what happened' }] }]);
    expect(await rows()).toEqual([['accepted', 'SM1']]);
    await timePasses(60);
    await reconcile(pool, ['sms'], ['sms']);
    expect(await rows()).toHaveLength(1);
  });

  test('is settled as failed where the provider says so', async () => {
    await row();
    await seek(provider(() => [{ ...copyOf('SM1', 'failed'), reason: 'twilio-30005' }]).channel);
    expect(await rows()).toEqual([['failed', 'SM1']]);
  });

  test('that is not listed is looked for once more, and feedback then goes again', async () => {
    await row();
    const { channel, asked } = provider(() => []);
    await seek(channel);
    await seek(channel);
    expect(asked).toHaveLength(1);
    await timePasses(15);
    await seek(channel);
    expect(asked).toHaveLength(2);
    await timePasses(5);
    await reconcile(pool, ['sms'], ['sms']);
    expect(await rows()).toEqual([
      ['unknown', null],
      ['planned', null],
    ]);
    await timePasses(60);
    await seek(channel);
    expect(asked).toHaveLength(2);
  });

  test('waits to be looked for before it goes again, but not for ever', async () => {
    await row({ minutesAgo: 31 });
    await reconcile(pool, ['sms'], ['sms']);
    expect(await rows()).toHaveLength(1);
    await timePasses(90);
    await reconcile(pool, ['sms'], ['sms']);
    expect(await rows()).toHaveLength(2);
  });

  test('a question that is not listed is never sent again', async () => {
    await row({ class: 'reply' });
    await seek(provider(() => []).channel);
    await timePasses(200);
    await reconcile(pool, ['sms'], ['sms']);
    expect(await rows()).toEqual([['unknown', null]]);
  });

  test('stays as it is while the provider cannot tell, and the provider is left alone', async () => {
    for (let i = 0; i < 6; i++) await row({ person: randomUUID() });
    const { channel, asked } = provider(() => ({ kind: 'cannot-tell', reason: 'http-500' }));
    expect(await seek(channel)).toEqual({ looked: 0, found: 0 });
    expect(asked).toHaveLength(3);
    const later = provider(() => []);
    expect(await seek(later.channel)).toEqual({ looked: 6, found: 0 });
  });

  test('whose callback came meanwhile is not moved back', async () => {
    await row();
    const { rows: found } = await pool.query('select nonce from delivery.outbox');
    const report = createReportStatus({ pool, onOptOut: async () => undefined });
    const { channel } = provider(() => [copyOf('SM1', 'accepted')]);
    const slow: Channel = {
      ...channel,
      copies: {
        ...channel.copies,
        find: async (sent) => {
          await report({ nonce: found[0].nonce, state: 'delivered', providerId: 'SM1' });
          return channel.copies.find(sent);
        },
      },
    };
    await seek(slow);
    expect(await rows()).toEqual([['delivered', 'SM1']]);
  });
});

describe('the same words twice to the same person', () => {
  test('one copy proves one attempt, the first; the other stays unknown', async () => {
    await row({ minutesAgo: 12 });
    await row({ minutesAgo: 11 });
    await seek(provider(() => [copyOf('SM1')]).channel);
    expect(await rows()).toEqual([
      ['delivered', 'SM1'],
      ['unknown', null],
    ]);
  });

  test('two copies prove both', async () => {
    await row({ minutesAgo: 12 });
    await row({ minutesAgo: 11 });
    await seek(provider(() => [copyOf('SM1'), copyOf('SM2')]).channel);
    expect(await rows()).toEqual([
      ['delivered', 'SM1'],
      ['delivered', 'SM2'],
    ]);
  });

  test('a copy that another row accounts for, or that waits to be deleted, proves nothing', async () => {
    await row({ state: 'accepted', providerId: 'SM1', minutesAgo: 20 });
    await pool.query(
      `insert into delivery.provider_copy (channel, provider_id) values ('sms', 'SM2')`,
    );
    await row();
    await seek(provider(() => [copyOf('SM1'), copyOf('SM2')]).channel);
    expect(await rows()).toEqual([
      ['accepted', 'SM1'],
      ['unknown', null],
    ]);
  });

  test('each person’s copies are their own', async () => {
    await row({ person: ANNA });
    await row({ person: BEN });
    await seek(provider(({ address }) => (address === BEN ? [copyOf('SM2')] : [])).channel);
    expect(await rows()).toEqual([
      ['unknown', null],
      ['delivered', 'SM2'],
    ]);
  });
});

describe('copies at the provider', () => {
  async function noted(): Promise<readonly string[]> {
    const found = await pool.query('select provider_id from delivery.provider_copy order by 1');
    return found.rows.map(({ provider_id }) => provider_id);
  }

  test('of settled rows go, of others stay, and the row forgets the id', async () => {
    await row({ state: 'delivered', providerId: 'SM1' });
    await row({ state: 'failed', providerId: 'SM2' });
    await row({ state: 'accepted', providerId: 'SM3' });
    await row({ state: 'sent', providerId: 'SM4', minutesAgo: 25 * 60 });
    await row({ state: 'unknown' });
    const { channel, removed } = provider(() => []);
    expect(await dropCopies({ pool, channel })).toBe(3);
    expect(removed.toSorted()).toEqual(['SM1', 'SM2', 'SM4']);
    expect(await noted()).toEqual([]);
    expect(await rows()).toEqual([
      ['delivered', null],
      ['failed', null],
      ['accepted', 'SM3'],
      ['sent', null],
      ['unknown', null],
    ]);
    expect(await dropCopies({ pool, channel })).toBe(0);
  });

  test('of inbound messages are noted a batch at a time, twice is once', async () => {
    const ledger = createCopyLedger({ db: pool, onError: () => undefined });
    for (const id of ['SM2', 'SM1', 'SM2']) ledger.add('sms', id);
    await ledger.flush();
    ledger.add('sms', 'SM1');
    await ledger.flush();
    expect(await noted()).toEqual(['SM1', 'SM2']);
    const { channel, removed } = provider(() => []);
    expect(await dropCopies({ pool, channel })).toBe(2);
    expect(removed.toSorted()).toEqual(['SM1', 'SM2']);
  });

  test('are kept in mind while the database is away', async () => {
    let away = true;
    const query: Pool['query'] = pool.query.bind(pool);
    const ledger = createCopyLedger({
      db: {
        query: (statement) => {
          if (away) throw new Error('the database is away');
          return query(statement);
        },
      },
      onError: () => undefined,
    });
    ledger.add('sms', 'SM1');
    await ledger.flush();
    expect(await noted()).toEqual([]);
    away = false;
    await ledger.flush();
    expect(await noted()).toEqual(['SM1']);
  });

  test('that cannot go yet are put off, and given to the sweep in the end', async () => {
    await row({ state: 'delivered', providerId: 'SM1' });
    const { channel } = provider(() => []);
    const busy: Channel = {
      ...channel,
      copies: { ...channel.copies, remove: async () => ({ kind: 'not-yet', reason: 'http-409' }) },
    };
    for (let tries = 1; tries <= 10; tries++) {
      expect(await dropCopies({ pool, channel: busy })).toBe(0);
      expect(await dropCopies({ pool, channel })).toBe(0);
      expect(await noted()).toEqual(tries < 10 ? ['SM1'] : []);
      await pool.query(`update delivery.provider_copy set not_before = '-infinity'`);
    }
  });

  test('wait untouched while the provider is unavailable', async () => {
    for (let i = 0; i < 30; i++) await row({ state: 'delivered', providerId: `SM${i}` });
    let calls = 0;
    const { channel } = provider(() => []);
    const away: Channel = {
      ...channel,
      copies: {
        ...channel.copies,
        remove: async () => {
          calls += 1;
          return { kind: 'unavailable', reason: 'http-429' };
        },
      },
    };
    expect(await dropCopies({ pool, channel: away })).toBe(0);
    expect(calls).toBeLessThan(30);
    expect(await noted()).toHaveLength(30);
  });
});

describe('the sweep through what the provider lists', () => {
  const now = new Date();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  function listing(...pages: readonly (readonly HeldCopy[])[]) {
    const { channel, removed } = provider(() => []);
    const lists: Channel = {
      ...channel,
      copies: {
        ...channel.copies,
        list: async (_upTo, next) => {
          const at = Number(next ?? 0);
          return {
            kind: 'page',
            copies: pages[at] ?? [],
            ...(at + 1 < pages.length ? { next: String(at + 1) } : {}),
          };
        },
      },
    };
    return { channel: lists, removed };
  }

  test('deletes what ended an hour ago, and tells of what is older than a day', async () => {
    const { channel, removed } = listing(
      [
        { providerId: 'young', at: ago(59), settled: true },
        { providerId: 'reply', at: ago(61), settled: true },
        { providerId: 'on-its-way', at: ago(61), settled: false },
      ],
      [
        { providerId: 'old', at: ago(25 * 60), settled: true },
        { providerId: 'stuck', at: ago(25 * 60), settled: false },
      ],
    );
    expect(await sweepCopies({ pool, channel }, now)).toEqual({
      kind: 'swept',
      deleted: 3,
      overdue: 2,
    });
    expect(removed.toSorted()).toEqual(['old', 'reply', 'stuck']);
  });

  test('leaves what may yet prove an unknown attempt', async () => {
    await row({ minutesAgo: 100 });
    const { channel, removed } = listing([
      { providerId: 'before', at: ago(120), settled: true },
      { providerId: 'proof', at: ago(100), settled: true },
    ]);
    await sweepCopies({ pool, channel }, now);
    expect(removed).toEqual(['before']);
    await seek(channel);
    await sweepCopies({ pool, channel }, now);
    expect(removed).toEqual(['before', 'before', 'proof']);
  });

  test('does nothing where there is no list', async () => {
    const { channel } = provider(() => []);
    const { copies: _, ...none } = channel;
    expect(await sweepCopies({ pool, channel: none }, now)).toEqual({ kind: 'nothing-to-ask' });
    expect(await dropCopies({ pool, channel: none })).toBe(0);
  });
});
