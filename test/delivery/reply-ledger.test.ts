import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { forgetReplies, lastReply } from '../../src/delivery/last-reply.ts';
import { createReplyLedger } from '../../src/delivery/reply-ledger.ts';
import { takeUnsentReply } from '../../src/delivery/unsent-reply.ts';
import { sealed, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

function ledger(db: Parameters<typeof createReplyLedger>[0]['db'] = on.pool) {
  return createReplyLedger({ db, senders: new Map(), onError: () => undefined });
}

/** A reply as a turn writes it: attempted, on the webhook that it answers. */
async function riding(text: string, channel = 'sms', personId = randomUUID()) {
  const hash = Buffer.from(randomUUID());
  const { rows } = await on.pool.query<{ id: string }>(
    `insert into delivery.outbox (person_id, channel, class, priority, state, parts, body_ct,
                                  key_day, attempted_at, answers)
     values ($1, $2, 'reply', 1, 'attempting', 1, $3, '2026-11-02', clock_timestamp(), $4)
     returning id`,
    [personId, channel, sealed(text), hash],
  );
  const id = rows[0]?.id ?? '';
  return { id, personId, hash, again: () => takeUnsentReply(on.pool, personId, hash) };
}

describe('a reply that was handed over', () => {
  test('is accepted with the next batch, and its body goes', async () => {
    const replies = await Promise.all([riding('one'), riding('two'), riding('three')]);
    const book = ledger();
    for (const { id } of replies) book.handedOver(id);
    await book.flush();
    for (const row of await on.rows())
      expect(row).toMatchObject({
        state: 'accepted',
        was_accepted: true,
        body_ct: null,
        key_day: null,
      });
  });

  test('is written by itself, soon', async () => {
    const { id } = await riding('one');
    ledger().handedOver(id);
    await vi.waitFor(async () => expect((await on.rows())[0]?.state).toBe('accepted'));
  });

  test('is kept until the database is back', async () => {
    const { id } = await riding('one');
    let isAway = true;
    const query: typeof on.pool.query = on.pool.query.bind(on.pool);
    const book = ledger({
      query: (statement, values) =>
        isAway ? Promise.reject(new Error('away')) : query(statement, values),
    });
    book.handedOver(id);
    await book.flush();
    isAway = false;
    await book.flush();
    expect((await on.rows())[0]?.state).toBe('accepted');
  });

  test('is not given to a repeated webhook', async () => {
    const { id, again } = await riding('one');
    const book = ledger();
    book.handedOver(id);
    await book.flush();
    expect(await again()).toBeUndefined();
  });
});

describe('a repeated webhook', () => {
  test('gets nothing while the first answer is on its way', async () => {
    expect(await (await riding('one')).again()).toBeUndefined();
  });

  test('gets the text again when the connection closed before its end, once', async () => {
    const { id, again, personId } = await riding('one');
    const book = ledger();
    book.notHandedOver(id);
    await book.flush();
    const both = await Promise.all([again(), again()]);
    const given = both.filter((reply) => reply !== undefined);
    expect(given).toEqual([{ id, personId, body: sealed('one'), keyDay: '2026-11-02' }]);
    book.handedOver(id);
    await book.flush();
    expect(await again()).toBeUndefined();
    expect((await on.rows())[0]).toMatchObject({ state: 'accepted', unsent: false });
  });

  test('gets the text again when nobody confirmed it for fifteen seconds', async () => {
    const { again } = await riding('one');
    await on.timePasses('14 seconds');
    expect(await again()).toBeUndefined();
    await on.timePasses('2 seconds');
    expect(await again()).toBeDefined();
  });

  test('gets nothing of another message, nor of another person', async () => {
    const one = await riding('one');
    const two = await riding('two');
    await on.timePasses('1 minute');
    expect(await takeUnsentReply(on.pool, two.personId, one.hash)).toBeUndefined();
  });
});

describe('the last reply of a web conversation', () => {
  test('is kept for a page that is loaded again, and only the last', async () => {
    const personId = randomUUID();
    const book = ledger();
    for (const text of ['one', 'two']) {
      book.handedOver((await riding(text, 'web', personId)).id);
      await book.flush();
    }
    expect((await lastReply(on.pool, personId))?.body).toEqual(sealed('two'));
    expect((await on.rows()).map(({ body_ct }) => body_ct)).toEqual([null, sealed('two')]);
  });

  test('is forgotten when the session is cleared for the next person', async () => {
    const { personId } = await riding('one', 'web');
    await forgetReplies(on.pool, personId);
    expect(await lastReply(on.pool, personId)).toBeUndefined();
  });

  test('by text message nothing is kept', async () => {
    const { personId } = await riding('one');
    expect(await lastReply(on.pool, personId)).toBeUndefined();
  });
});
