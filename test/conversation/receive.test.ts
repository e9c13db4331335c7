/** A message is applied once, however often and wherever it comes in. */
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/channel.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { rowCount } from './row-count.ts';

const NUMBER = '+447700900123';
const DAY = 86_400_000;

function replies(receipts: readonly Receipt[]): number {
  return receipts.filter((receipt) => receipt.kind === 'reply').length;
}

describe('a message is applied once', () => {
  test('fifty copies at once: one answer, one step forward', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    await phone.text('PARK');
    await phone.text('go');
    const copies = Array.from({ length: 50 }, () =>
      phone.receipt({ kind: 'text', text: '1' }, 'the same message'),
    );
    expect(replies(await Promise.all(copies))).toBe(1);
    expect(await phone.text('again')).toEqual([expect.stringContaining('2 of 2.')]);
  });

  test('fifty copies of a first contact begin one conversation', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const copies = Array.from({ length: 50 }, (_, at) =>
      // Each through a way in of its own, as on fifty nodes: nothing but the database orders them.
      heard.anotherNode()({
        channel: 'sms',
        address: NUMBER,
        messageId: 'the same message',
        event: { kind: 'text', text: at >= 0 ? 'PARK' : '' },
      }),
    );
    expect(replies(await Promise.all(copies))).toBe(1);
    expect(await rowCount(heard, 'conv.conversation')).toBe(1);
    expect(await rowCount(heard, 'conv.person')).toBe(1);
  });

  test('different messages of one person at once are applied one after the other', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    await heard.phone(NUMBER).text('PARK');
    const sent = ['more', 'help', 'again', 'easy'].map((text, at) =>
      heard.anotherNode()({
        channel: 'sms',
        address: NUMBER,
        messageId: `message of its own ${at}`,
        event: { kind: 'text', text },
      }),
    );
    await Promise.all(sent);
    const { rows } = await heard.heard.world.pool.query<{ revision: number }>(
      'select revision from conv.conversation',
    );
    expect(rows[0]?.revision).toBe(5);
  });

  test('a repeated webhook gets the reply again only when the first did not get out', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    const first = await phone.receipt({ kind: 'text', text: 'PARK' }, 'one');
    if (first.kind !== 'reply') throw new Error('no reply');
    expect(await phone.receipt({ kind: 'text', text: 'PARK' }, 'one')).toEqual({ kind: 'silence' });
    first.notHandedOver();
    await heard.heard.world.ledger.flush();
    const again = await phone.receipt({ kind: 'text', text: 'PARK' }, 'one');
    if (again.kind !== 'reply') throw new Error('no reply to the repeat');
    expect(again.prompts).toEqual(first.prompts);
    again.handedOver();
    await heard.heard.world.ledger.flush();
    expect(await phone.receipt({ kind: 'text', text: 'PARK' }, 'one')).toEqual({ kind: 'silence' });
  });

  test('a replay after the end, and after STOP, does nothing', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    for (const [at, text] of ['PARK', 'go', '1', 'skip', 'STOP'].entries()) {
      await phone.text(text, `m${at}`);
    }
    await heard.heard.world.ledger.flush();
    for (const [at, text] of ['PARK', 'go', '1', 'skip', 'STOP'].entries()) {
      expect(await phone.text(text, `m${at}`)).toEqual([]);
    }
    expect(await rowCount(heard, 'conv.conversation')).toBe(0);
    expect(await rowCount(heard, 'delivery.outbox')).toBe(5);
  });
});

test('a text that fits nothing is answered once a day', async () => {
  await using heard = await openTestHeard();
  const phone = heard.phone(NUMBER);
  expect((await phone.text('hello?')).length).toBe(1);
  expect(await phone.text('hello??')).toEqual([]);
  heard.clock.now = new Date(heard.clock.now.getTime() + DAY);
  expect((await phone.text('anybody')).length).toBe(1);
});

test('an address is not kept before its person joins', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone(NUMBER);
  await phone.text('who is this');
  expect(await rowCount(heard, 'contact.address')).toBe(0);
  await phone.text('PARK');
  expect(await rowCount(heard, 'contact.address')).toBe(1);
});
