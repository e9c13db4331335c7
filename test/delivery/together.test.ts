/** What follows from an answer or a report lands with it: a process may die between any two writes. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { settle } from '../../src/delivery/settle.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { giveNonce } from './nonces.ts';
import { stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

/** A feedback of unknown fate, and the copy of it that waits to be sent. */
async function resentFeedback(): Promise<{ readonly id: string; readonly nonce: string }> {
  const person = randomUUID();
  const { rows } = await on.pool.query<{ id: string }>(
    `insert into delivery.outbox
       (person_id, channel, class, priority, state, parts, attempts, attempted_at, resent)
     values ($1, 'sms', 'feedback', 4, 'unknown', 1, 1, clock_timestamp(), true) returning id`,
    [person],
  );
  const id = rows[0]?.id ?? '';
  const nonce = await giveNonce(on.pool, id);
  await on.pool.query(
    `insert into delivery.outbox (person_id, channel, class, priority, state, parts, resend_of)
     values ($1, 'sms', 'feedback', 4, 'planned', 1, $2)`,
    [person, id],
  );
  return { id, nonce };
}

async function whileNoCopyCanBeTakenBack(work: () => Promise<unknown>): Promise<void> {
  await on.pool.query(
    `create function delivery.dies() returns trigger language plpgsql as
       $$ begin raise exception 'the process dies here'; end $$;
     create trigger dies before delete on delivery.outbox
       for each row execute function delivery.dies()`,
  );
  try {
    await expect(work()).rejects.toThrow('the process dies here');
  } finally {
    await on.pool.query('drop function delivery.dies cascade');
  }
}

const states = async () => (await on.rows()).map(({ state }) => state);

test('a report that proves acceptance, and the copy that it takes back', async () => {
  const { nonce } = await resentFeedback();
  const report = createReportStatus({ pool: on.pool, onOptOut: async () => {} });
  const delivered = { nonce, state: 'delivered', providerId: 'SM1' } as const;
  await whileNoCopyCanBeTakenBack(() => report(delivered));
  expect(await states()).toEqual(['unknown', 'planned']);
  expect(await report(delivered)).toBe('known');
  expect(await states()).toEqual(['delivered']);
});

test('an answer that came late, and the copy that it takes back', async () => {
  const { id, nonce } = await resentFeedback();
  const outcome = { kind: 'accepted', providerId: 'SM1' } as const;
  const answer = [{ id, nonce, attempts: 1, outcome }];
  await whileNoCopyCanBeTakenBack(() => settle(on.pool, answer));
  expect(await states()).toEqual(['unknown', 'planned']);
  await settle(on.pool, answer);
  expect(await states()).toEqual(['accepted']);
});
