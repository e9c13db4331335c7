import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ClaimedRow, claim } from '../../src/delivery/claim.ts';
import { createFrontier } from '../../src/delivery/frontier.ts';
import { content, planBroadcast, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

const row = (id: string, broadcastId?: string): ClaimedRow => ({
  id,
  personId: 'one',
  class: 'feedback',
  content: { kind: 'gone' },
  attempts: 0,
  ...(broadcastId === undefined ? {} : { broadcastId }),
});

test('is the lowest row of the last claim, for each broadcast, for a second', () => {
  let now = 0;
  const frontier = createFrontier(() => now);
  frontier.note([row('9', 'a'), row('10', 'a'), row('30', 'b'), row('7')]);
  frontier.note([row('120', 'a'), row('99', 'a')]);
  expect([...frontier.known()]).toEqual([
    ['a', '99'],
    ['b', '30'],
  ]);
  now = 1_001;
  expect([...frontier.known()]).toEqual([]);
});

test('a claim begins there, and takes what stands before it once it is forgotten', async () => {
  const broadcastId = randomUUID();
  const contentIds = [await content(on.pool, 'what happened')];
  const people = Array.from({ length: 6 }, () => randomUUID());
  await planBroadcast(on.pool, {
    broadcastId,
    class: 'feedback',
    recipients: people.map((personId) => ({ personId, channel: 'sms', contentIds })),
  });
  const ids = (await on.rows()).map(({ id }) => id);
  const take = (most: number, frontier?: ReadonlyMap<string, string>) =>
    claim(on.pool, {
      channel: 'sms',
      sender: on.provider.sender,
      worker: randomUUID(),
      rate: 1_000_000,
      most,
      leaseSeconds: 60,
      openHours: [{ hours: 'under-18' }, { hours: 'adults' }],
      ...(frontier === undefined ? {} : { frontier }),
    });
  const from = new Map([[broadcastId, ids[3] ?? '']]);
  expect((await take(2, from)).rows.map(({ id }) => id)).toEqual([ids[3], ids[4]]);
  expect((await take(10)).rows.map(({ id }) => id)).toEqual([ids[0], ids[1], ids[2], ids[5]]);
});
