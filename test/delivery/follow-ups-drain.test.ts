import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channel.ts';
import { content, planBroadcast, type Stage, stage } from './outbox-stage.ts';

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
beforeEach(() => on.reset());
afterAll(() => on[Symbol.asyncDispose]());

const [ANNA, BEN] = [randomUUID(), randomUUID()];

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
          stoppedAmong: async (_, ids) => {
            const found = new Set(ids.filter((id) => on.stopped.has(id)));
            if (found.size > 0 && ++looks === 1) on.stopped.delete(ANNA);
            return found;
          },
          guestsAmong: async () => new Set(),
          addressOf: async (_, ids) => new Map(ids.map((id) => [id, { address: id }])),
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
