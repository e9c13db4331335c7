/** Attempts of unknown fate are looked for in what the provider lists, and settled by what is found. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Channel } from '../../src/channel.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { createReportStatus } from '../../src/delivery/status.ts';
import { ANNA, copiesStageOfThisFile, copyOf, provider } from './copies-stage.ts';
import { everybodyAtHome } from './everybody-at-home.ts';

const on = await copiesStageOfThisFile();

const BEN = randomUUID();

describe('an attempt of unknown fate', () => {
  test('is not looked for while a callback may still come', async () => {
    await on.row({ minutesAgo: 9 });
    const { channel, asked } = provider(() => [copyOf('SM1')]);
    expect(await on.seek(channel)).toEqual({ looked: 0, found: 0 });
    expect(asked).toEqual([]);
  });

  test('is settled by what the provider lists, and then never sent again', async () => {
    await on.row();
    const { channel, asked } = provider(() => [copyOf('SM1', 'accepted')]);
    expect(await on.seek(channel)).toEqual({ looked: 1, found: 1 });
    expect(asked).toMatchObject([{ address: ANNA, prompts: [{ text: 'what happened' }] }]);
    expect(await on.rows()).toEqual([['accepted', 'SM1']]);
    await on.timePasses(60);
    await reconcile(on.pool, ['sms'], ['sms']);
    expect(await on.rows()).toHaveLength(1);
  });

  test('is settled as failed where the provider says so', async () => {
    await on.row();
    await on.seek(provider(() => [{ ...copyOf('SM1', 'failed'), reason: 'twilio-30005' }]).channel);
    expect(await on.rows()).toEqual([['failed', 'SM1']]);
  });

  test('that is not listed is looked for once more, and feedback then goes again', async () => {
    await on.row();
    const { channel, asked } = provider(() => []);
    await on.seek(channel);
    await on.seek(channel);
    expect(asked).toHaveLength(1);
    await on.timePasses(15);
    await on.seek(channel);
    expect(asked).toHaveLength(2);
    await on.timePasses(5);
    await reconcile(on.pool, ['sms'], ['sms']);
    expect(await on.rows()).toEqual([
      ['unknown', null],
      ['planned', null],
    ]);
    await on.timePasses(60);
    await on.seek(channel);
    expect(asked).toHaveLength(2);
  });

  test('waits to be looked for before it goes again, but not for ever', async () => {
    await on.row({ minutesAgo: 31 });
    await reconcile(on.pool, ['sms'], ['sms']);
    expect(await on.rows()).toHaveLength(1);
    await on.timePasses(90);
    await reconcile(on.pool, ['sms'], ['sms']);
    expect(await on.rows()).toHaveLength(2);
  });

  test('a question that is not listed is never sent again', async () => {
    await on.row({ class: 'reply' });
    await on.seek(provider(() => []).channel);
    await on.timePasses(200);
    await reconcile(on.pool, ['sms'], ['sms']);
    expect(await on.rows()).toEqual([['unknown', null]]);
  });

  test('stays as it is while the provider cannot tell, and the provider is left alone', async () => {
    for (let i = 0; i < 6; i++) await on.row({ person: randomUUID() });
    const { channel, asked } = provider(() => ({ kind: 'cannot-tell', reason: 'http-500' }));
    expect(await on.seek(channel)).toEqual({ looked: 0, found: 0 });
    expect(asked).toHaveLength(3);
    const later = provider(() => []);
    expect(await on.seek(later.channel)).toEqual({ looked: 6, found: 0 });
  });

  test('whose address does not open, or whose words cannot be read, keeps no other from being found', async () => {
    const [lost, shut] = [randomUUID(), randomUUID()];
    for (const person of [lost, shut, ANNA]) await on.row({ person });
    const { channel, asked } = provider(() => [copyOf('SM1')]);
    const sought = await on.seek(channel, {
      people: everybodyAtHome((id) => (id === lost ? 'unopened' : { address: id })),
      openBody: async (person, { sealed }) => {
        if (person === shut) throw new Error('the key holder is away');
        return JSON.parse(Buffer.from(sealed).toString());
      },
    });
    expect(asked.map(({ address }) => address)).toEqual([ANNA]);
    // Nobody has looked for the one whose words could not be read: the next run does.
    expect(sought).toEqual({ looked: 2, found: 1 });
    expect(await on.rows()).toEqual([
      ['unknown', null],
      ['unknown', null],
      ['delivered', 'SM1'],
    ]);
    expect(await on.seek(channel)).toMatchObject({ looked: 1 });
  });

  test('whose callback came meanwhile is not moved back', async () => {
    await on.row();
    const { rows: found } = await on.pool.query('select nonce from delivery.outbox');
    const report = createReportStatus({ pool: on.pool, onOptOut: async () => undefined });
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
    await on.seek(slow);
    expect(await on.rows()).toEqual([['delivered', 'SM1']]);
  });
});

describe('the same words twice to the same person', () => {
  test('one copy proves one attempt, the first; the other stays unknown', async () => {
    await on.row({ minutesAgo: 12 });
    await on.row({ minutesAgo: 11 });
    await on.seek(provider(() => [copyOf('SM1')]).channel);
    expect(await on.rows()).toEqual([
      ['delivered', 'SM1'],
      ['unknown', null],
    ]);
  });

  test('two copies prove both', async () => {
    await on.row({ minutesAgo: 12 });
    await on.row({ minutesAgo: 11 });
    await on.seek(provider(() => [copyOf('SM1'), copyOf('SM2')]).channel);
    expect(await on.rows()).toEqual([
      ['delivered', 'SM1'],
      ['delivered', 'SM2'],
    ]);
  });

  test('a copy that another row accounts for, or that waits to be deleted, proves nothing', async () => {
    await on.row({ state: 'accepted', providerId: 'SM1', minutesAgo: 20 });
    await on.pool.query(
      `insert into delivery.provider_copy (channel, provider_id) values ('sms', 'SM2')`,
    );
    await on.row();
    await on.seek(provider(() => [copyOf('SM1'), copyOf('SM2')]).channel);
    expect(await on.rows()).toEqual([
      ['accepted', 'SM1'],
      ['unknown', null],
    ]);
  });

  test('each person’s copies are their own', async () => {
    await on.row({ person: ANNA });
    await on.row({ person: BEN });
    await on.seek(provider(({ address }) => (address === BEN ? [copyOf('SM2')] : [])).channel);
    expect(await on.rows()).toEqual([
      ['unknown', null],
      ['delivered', 'SM2'],
    ]);
  });
});
