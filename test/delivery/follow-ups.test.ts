import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MOST_TRIES } from '../../src/delivery/classes.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { content, planBroadcast, type Stage, stage } from './outbox-stage.ts';

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
beforeEach(() => on.reset());
afterAll(() => on[Symbol.asyncDispose]());

const [ANNA, BEN] = [randomUUID(), randomUUID()];

/** Feedback to Anna and to Ben, a text and a question each. */
async function plan(): Promise<void> {
  const contentIds = [
    await content(on.pool, 'what happened'),
    await content(on.pool, 'did we get it right?'),
  ];
  await planBroadcast(on.pool, {
    broadcastId: randomUUID(),
    class: 'feedback',
    recipients: [ANNA, BEN].map((personId) => ({ personId, channel: 'sms', contentIds })),
  });
}

async function statesOf(person: string): Promise<readonly unknown[]> {
  const rows = await on.rows();
  return rows.filter((row) => row.person_id === person).map(({ state, reason }) => [state, reason]);
}

const report = () => createReportStatus({ pool: on.pool, onOptOut: async () => undefined });

test('the carrier could not bring the text: the question is withheld, from this person alone', async () => {
  await plan();
  const nonce = randomUUID();
  await on.pool.query(
    `update delivery.outbox set state = 'accepted', was_accepted = true, nonce = $2
     where person_id = $1 and ordinal = 0`,
    [ANNA, nonce],
  );
  await report()({ nonce, providerId: 'SM1', state: 'undelivered', reason: 'twilio-30005' });
  expect(await statesOf(ANNA)).toEqual([
    ['undelivered', 'twilio-30005'],
    ['refused', 'nothing-before-it'],
  ]);
  expect(await statesOf(BEN)).toEqual([
    ['planned', null],
    ['planned', null],
  ]);
});

test('a text that arrived takes its question along', async () => {
  await plan();
  const nonce = randomUUID();
  await on.pool.query(
    `update delivery.outbox set state = 'accepted', was_accepted = true, nonce = $2
     where person_id = $1 and ordinal = 0`,
    [ANNA, nonce],
  );
  await report()({ nonce, providerId: 'SM1', state: 'delivered' });
  expect(await statesOf(ANNA)).toEqual([
    ['delivered', null],
    ['planned', null],
  ]);
});

test('a text that was set aside takes its question with it', async () => {
  await plan();
  await on.pool.query(
    `update delivery.outbox
     set state = 'claimed', worker = $2, lease_until = clock_timestamp() - interval '1 s', attempts = $3
     where person_id = $1 and ordinal = 0`,
    [ANNA, randomUUID(), MOST_TRIES - 1],
  );
  await reconcile(on.pool, ['sms']);
  expect(await statesOf(ANNA)).toEqual([
    ['failed', 'set-aside'],
    ['refused', 'nothing-before-it'],
  ]);
});
