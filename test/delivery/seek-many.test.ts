/** Many attempts of unknown fate are looked for all at once, a few one by one. */
import { describe, expect, test } from 'vitest';
import type { ProviderCopies } from '../../src/channel.ts';
import { copiesStageOfThisFile, copyOf, provider } from './copies-stage.ts';
import { giveNonce } from './nonces.ts';
import { sealed } from './outbox-stage.ts';

const on = await copiesStageOfThisFile();

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
    const { rows } = await on.pool.query<{ id: string }>(
      `insert into delivery.outbox
         (person_id, channel, class, priority, state, parts, body_ct, key_day, attempts,
          attempted_at, ended_on)
       select gen_random_uuid(), 'sms', 'feedback', 4, 'unknown', 1, $2,
              '2026-11-02', 1, clock_timestamp() - interval '11 minutes', current_date
       from generate_series(1, $1) returning id`,
      [count, sealed('what happened')],
    );
    await Promise.all(rows.map(({ id }) => giveNonce(on.pool, id)));
  }

  const found = async () =>
    (await on.rows()).filter((one) => Array.isArray(one) && one[0] === 'delivered').length;

  test('are looked for at once: three thousand are no more than one question', async () => {
    await unknown(3_000);
    const { channel, asked, each } = listing();
    expect(await on.seek(channel)).toEqual({ looked: 3_000, found: 1_500 });
    expect([asked, each]).toEqual([[3_000], []]);
    expect(await found()).toBe(1_500);
    await on.seek(channel);
    expect(asked).toHaveLength(1);
  });

  test('are looked for one by one where the list cannot be read at once', async () => {
    await unknown(60);
    const { channel, asked, each } = listing(['fault']);
    expect(await on.seek(channel)).toEqual({ looked: 60, found: 60 });
    expect([asked, each.length]).toEqual([[60], 60]);
  });

  test('a few are looked for one by one', async () => {
    await unknown(3);
    const { channel, asked, each } = listing();
    expect(await on.seek(channel)).toEqual({ looked: 3, found: 3 });
    expect([asked, each.length]).toEqual([[], 3]);
  });
});
