/** A question about a text goes only to whom the text has gone. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SendOutcome, StatusReport } from '../../src/channel.ts';
import { MOST_TRIES } from '../../src/delivery/classes.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { giveNonce } from './nonces.ts';
import { accepted, stageOfThisFile, tellAndAsk } from './outbox-stage.ts';

const on = await stageOfThisFile();

const [ANNA, BEN] = [randomUUID(), randomUUID()];

const plan = () => tellAndAsk(on.pool, [ANNA, BEN]);

async function statesOf(person: string): Promise<readonly unknown[]> {
  const rows = await on.rows();
  return rows.filter((row) => row.person_id === person).map(({ state, reason }) => [state, reason]);
}

/** Anna's text was accepted, and now the carrier reports this of it. */
async function reported(carrier: Pick<StatusReport, 'state' | 'reason'>): Promise<void> {
  const { rows } = await on.pool.query<{ id: string }>(
    `update delivery.outbox set state = 'accepted', was_accepted = true
     where person_id = $1 and ordinal = 0 returning id`,
    [ANNA],
  );
  const nonce = await giveNonce(on.pool, rows[0]?.id ?? '');
  const report = createReportStatus({ pool: on.pool, onOptOut: async () => undefined });
  await report({ nonce, providerId: 'SM1', ...carrier });
}

test('the carrier could not bring the text: the question is withheld, from this person alone', async () => {
  await plan();
  await reported({ state: 'undelivered', reason: 'twilio-30005' });
  expect(await statesOf(ANNA)).toEqual([
    ['undelivered', 'twilio-30005'],
    ['refused', 'nothing-before-it'],
  ]);
  expect(await statesOf(BEN)).toEqual([
    ['planned', null],
    ['planned', null],
  ]);
});

test('a late word that the first text did not arrive: its copy has, and takes the question along', async () => {
  await plan();
  on.provider.answer = () => ({ kind: 'unknown', reason: 'timeout' });
  await on.dispatcher().drain();
  const first = on.provider.sent.find((one) => one.address === ANNA)?.nonce ?? '';
  await on.timePasses('31 minutes');
  await reconcile(on.pool, ['sms']);
  let calls = 0;
  on.provider.answer = ({ address }) => {
    calls += 1;
    return address === ANNA ? accepted(`SM${calls}`) : { kind: 'unknown', reason: 'timeout' };
  };
  // The copy, and no more yet: one claim takes one message of each person.
  const report = createReportStatus({ pool: on.pool, onOptOut: async () => undefined });
  await on.pool.query(
    `update delivery.outbox set not_before = clock_timestamp() + interval '1 day' where ordinal = 1`,
  );
  await on.dispatcher().drain();
  await report({ nonce: first, state: 'undelivered', providerId: 'SM0' });
  expect(await statesOf(ANNA)).toEqual([
    ['undelivered', null],
    ['planned', null],
    ['accepted', null],
  ]);
  // And when the copy does not arrive either, there is nothing to ask about.
  const copy = on.provider.sent.findLast((one) => one.address === ANNA)?.nonce ?? '';
  await report({ nonce: copy, state: 'undelivered', providerId: 'SM9' });
  expect((await statesOf(ANNA))[1]).toEqual(['refused', 'nothing-before-it']);
});

test('a text that arrived takes its question along', async () => {
  await plan();
  await reported({ state: 'delivered' });
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

describe('whose text does not go gets no question about it', () => {
  test.each<[string, SendOutcome]>([
    ['refused by the provider', { kind: 'refused', reason: 'twilio-21211', optedOut: false }],
    ['failed at the provider', { kind: 'failed', reason: 'nothing-to-say' }],
  ])('%s', async (_what, outcome) => {
    await plan();
    const { answer } = on.provider;
    let first = true;
    on.provider.answer = (outbound) => {
      if (outbound.address !== ANNA || !first) return answer(outbound);
      first = false;
      return outcome;
    };
    await on.dispatcher().drain();
    expect(on.provider.sent.filter((one) => one.address === ANNA)).toHaveLength(1);
    expect(on.provider.sent.filter((one) => one.address === BEN)).toHaveLength(2);
    expect((await statesOf(ANNA))[1]).toEqual(['refused', 'nothing-before-it']);
  });

  test('stopped at the last look, and back a moment later', async () => {
    await plan();
    on.stopped.add(ANNA);
    let looks = 0;
    await on
      .dispatcher({
        people: {
          ...on.people,
          standingsOf: async (tx, ids) => {
            const found = await on.people.standingsOf(tx, ids);
            if (found.get(ANNA)?.stopped === true && ++looks === 1) on.stopped.delete(ANNA);
            return found;
          },
        },
      })
      .drain();
    expect(on.provider.sent.filter((one) => one.address === ANNA)).toEqual([]);
    expect(await statesOf(ANNA)).toEqual([
      ['refused', 'opted-out'],
      ['refused', 'nothing-before-it'],
    ]);
  });
});
