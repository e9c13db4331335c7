/** Copies at the provider are deleted once nothing more will become of them. */
import type { Pool } from 'pg';
import { describe, expect, test } from 'vitest';
import type { Channel } from '../../src/channel.ts';
import { dropCopies } from '../../src/delivery/copies.ts';
import { createCopyLedger } from '../../src/delivery/copy-ledger.ts';
import { copiesStageOfThisFile, provider } from './copies-stage.ts';

const on = await copiesStageOfThisFile();

describe('copies at the provider', () => {
  async function noted(): Promise<readonly string[]> {
    const found = await on.pool.query('select provider_id from delivery.provider_copy order by 1');
    return found.rows.map(({ provider_id }) => provider_id);
  }

  test('of settled rows go, of others stay, and the row forgets the id', async () => {
    await on.row({ state: 'delivered', providerId: 'SM1' });
    await on.row({ state: 'failed', providerId: 'SM2' });
    await on.row({ state: 'accepted', providerId: 'SM3' });
    await on.row({ state: 'sent', providerId: 'SM4', minutesAgo: 25 * 60 });
    await on.row({ state: 'unknown' });
    const { channel, removed } = provider(() => []);
    expect(await dropCopies({ pool: on.pool, channel })).toBe(3);
    expect(removed.toSorted()).toEqual(['SM1', 'SM2', 'SM4']);
    expect(await noted()).toEqual([]);
    expect(await on.rows()).toEqual([
      ['delivered', null],
      ['failed', null],
      ['accepted', 'SM3'],
      ['sent', null],
      ['unknown', null],
    ]);
    expect(await dropCopies({ pool: on.pool, channel })).toBe(0);
  });

  test('of inbound messages are noted a batch at a time, twice is once', async () => {
    const ledger = createCopyLedger({ db: on.pool, onError: () => undefined });
    for (const id of ['SM2', 'SM1', 'SM2']) ledger.add('sms', id);
    await ledger.flush();
    ledger.add('sms', 'SM1');
    await ledger.flush();
    expect(await noted()).toEqual(['SM1', 'SM2']);
    const { channel, removed } = provider(() => []);
    expect(await dropCopies({ pool: on.pool, channel })).toBe(2);
    expect(removed.toSorted()).toEqual(['SM1', 'SM2']);
  });

  test('are kept in mind while the database is away', async () => {
    let away = true;
    const query: Pool['query'] = on.pool.query.bind(on.pool);
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
    await on.row({ state: 'delivered', providerId: 'SM1' });
    const { channel } = provider(() => []);
    const busy: Channel = {
      ...channel,
      copies: { ...channel.copies, remove: async () => ({ kind: 'not-yet', reason: 'http-409' }) },
    };
    for (let tries = 1; tries <= 10; tries++) {
      expect(await dropCopies({ pool: on.pool, channel: busy })).toBe(0);
      expect(await dropCopies({ pool: on.pool, channel })).toBe(0);
      expect(await noted()).toEqual(tries < 10 ? ['SM1'] : []);
      await on.pool.query(`update delivery.provider_copy set not_before = '-infinity'`);
    }
  });

  test('wait untouched while the provider is unavailable', async () => {
    for (let i = 0; i < 30; i++) await on.row({ state: 'delivered', providerId: `SM${i}` });
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
    expect(await dropCopies({ pool: on.pool, channel: away })).toBe(0);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(30);
    expect(await noted()).toHaveLength(30);
  });
});
