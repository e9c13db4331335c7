/** The sweep through what the provider lists deletes what was missed, and no proof. */
import { describe, expect, test } from 'vitest';
import type { Channel, HeldCopy } from '../../src/channel.ts';
import { dropCopies, sweepCopies } from '../../src/delivery/copies.ts';
import { copiesStageOfThisFile, provider } from './copies-stage.ts';

const on = await copiesStageOfThisFile();

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
    expect(await sweepCopies({ pool: on.pool, channel }, now)).toEqual({
      kind: 'swept',
      deleted: 3,
      overdue: 2,
    });
    expect(removed.toSorted()).toEqual(['old', 'reply', 'stuck']);
  });

  test('leaves what may yet prove an unknown attempt', async () => {
    await on.row({ minutesAgo: 100 });
    const { channel, removed } = listing([
      { providerId: 'before', at: ago(120), settled: true },
      { providerId: 'proof', at: ago(100), settled: true },
    ]);
    await sweepCopies({ pool: on.pool, channel }, now);
    expect(removed).toEqual(['before']);
    await on.seek(channel);
    await sweepCopies({ pool: on.pool, channel }, now);
    expect(removed).toEqual(['before', 'before', 'proof']);
  });

  test('does nothing where there is no list', async () => {
    const { channel } = provider(() => []);
    const { copies: _, ...none } = channel;
    expect(await sweepCopies({ pool: on.pool, channel: none }, now)).toEqual({
      kind: 'nothing-to-ask',
    });
    expect(await dropCopies({ pool: on.pool, channel: none })).toBe(0);
  });
});
