import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ClaimRequest, claim, releaseClaims } from '../../src/delivery/claim.ts';
import { createReplyLedger } from '../../src/delivery/reply-ledger.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

const SENDER = '+447700900001';

function claimSome(more: Partial<ClaimRequest> = {}) {
  return claim(on.pool, {
    channel: 'sms',
    sender: SENDER,
    worker: randomUUID(),
    rate: 10,
    most: 100,
    leaseSeconds: 60,
    openHours: [{ hours: 'under-18' }, { hours: 'adults' }],
    ...more,
  });
}

/** The bucket as it stands at this instant: a rate of nothing refills nothing. */
async function fill(tokens: number, ago = '0 s'): Promise<void> {
  await on.pool.query(
    `insert into delivery.bucket values ($1, $2, clock_timestamp() - $3::interval)
     on conflict (sender) do update
       set tokens = excluded.tokens, refilled_at = excluded.refilled_at`,
    [SENDER, tokens, ago],
  );
}

async function tokensLeft(): Promise<number> {
  const { rows } = await on.pool.query<{ tokens: number }>('select tokens from delivery.bucket');
  return rows[0]?.tokens ?? Number.NaN;
}

test('a bucket is charged in parts, and the last message may overdraw it', async () => {
  for (const parts of [1, 3, 2, 1]) await on.say(`${parts} parts`, { parts });
  await fill(5);
  const { rows } = await claimSome({ rate: 1e-9, most: 100 });
  expect(rows).toHaveLength(1);
  await fill(5);
  // The burst of a rate of 25 is 5 parts: one message of 3, and one of 2.
  expect((await claimSome({ rate: 25 })).rows).toHaveLength(2);
  await fill(-4);
  const empty = await claimSome({ rate: 25 });
  expect(empty.rows).toEqual([]);
  expect(empty.waitMs).toBeGreaterThan(100);
});

test('a silence saves up no more than a fifth of a second', async () => {
  for (let i = 0; i < 40; i++) await on.say('hello');
  await fill(0, '1 hour');
  expect((await claimSome({ rate: 100 })).rows).toHaveLength(20);
  expect(await tokensLeft()).toBeLessThanOrEqual(0);
});

test('a clock that was put back two hours neither refills nor stops the bucket', async () => {
  await on.say('hello');
  await fill(0, '-2 hours');
  expect((await claimSome({ rate: 10 })).waitMs).toBeDefined();
  const { rows } = await on.pool.query<{ ahead: boolean }>(
    'select refilled_at > clock_timestamp() as ahead from delivery.bucket',
  );
  expect(rows[0]?.ahead).toBe(false);
});

test('four workers at once take no more than the bucket holds, and no row twice', async () => {
  for (let i = 0; i < 60; i++) await on.say('hello');
  await fill(20);
  const all = await Promise.all(Array.from({ length: 4 }, () => claimSome({ rate: 100 })));
  const ids = all.flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  // What refills while the four ask is far less than a second's worth.
  expect(ids.length).toBeGreaterThanOrEqual(20);
  expect(ids.length).toBeLessThan(60);
});

test('replies that rode on webhooks use up the same rate', async () => {
  await on.say('hello');
  await on.pool.query(
    `insert into delivery.outbox (person_id, channel, class, priority, state, parts, attempted_at)
     select gen_random_uuid(), 'sms', 'reply', 1, 'attempting', 2, clock_timestamp()
     from generate_series(1, 10)`,
  );
  await fill(2);
  const ledger = createReplyLedger({
    db: on.pool,
    senders: new Map([['sms', SENDER]]),
    onError: (error) => {
      throw error;
    },
  });
  for (const { id, class: kind, state } of await on.rows())
    if (kind === 'reply' && state === 'attempting') ledger.handedOver(id);
  await ledger.flush();
  expect(await tokensLeft()).toBe(-18);
  expect((await claimSome({ rate: 10 })).waitMs).toBeGreaterThan(0);
});

test('a person with a message in hand is left to the worker that has it', async () => {
  const personId = randomUUID();
  await on.say('one', { personId });
  await on.say('two', { personId });
  await fill(100);
  const worker = randomUUID();
  expect((await claimSome({ rate: 1000, worker })).rows).toHaveLength(1);
  expect((await claimSome({ rate: 1000 })).rows).toHaveLength(0);
  await releaseClaims(on.pool, worker);
  expect((await claimSome({ rate: 1000 })).rows).toHaveLength(1);
});
