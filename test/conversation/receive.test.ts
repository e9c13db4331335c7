import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/channel.ts';
import { close } from '../../src/conversation/close.ts';
import { expireDue, remindDue } from '../../src/conversation/wake.ts';
import { listSealed } from '../../src/safeguarding/cases.ts';
import { keygen } from '../../src/safeguarding/lead-key.ts';
import { openCases } from '../../src/safeguarding/open-cases.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

const NUMBER = '+447700900123';
const DAY = 86_400_000;

async function rowCount(heard: TestHeard, table: string): Promise<number> {
  const { rows } = await heard.heard.world.pool.query<{ n: number }>(
    `select count(*)::int as n from ${table}`,
  );
  return rows[0]?.n ?? 0;
}

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

describe('the end of a conversation', () => {
  test('an answer after the time ran out is told how to begin again', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    await phone.text('PARK');
    await phone.text('go');
    heard.clock.now = new Date(heard.clock.now.getTime() + 8 * DAY);
    expect(await expireDue(heard.heard.world)).toBe(1);
    expect(await phone.text('1')).toEqual([expect.stringContaining('PARK')]);
    expect((await phone.text('PARK')).length).toBe(2);
  });

  test('the silent are reminded once, and nobody who finished', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const silent = heard.phone(NUMBER);
    await silent.text('PARK');
    await silent.text('go');
    const done = heard.phone('+447700900124');
    for (const text of ['PARK', 'go', '1', 'skip']) await done.text(text);
    heard.clock.now = new Date(heard.clock.now.getTime() + 3 * DAY);
    await remindDue(heard.heard.world);
    heard.clock.now = new Date(heard.clock.now.getTime() + DAY);
    await remindDue(heard.heard.world);
    const { rows } = await heard.heard.world.pool.query<{ n: number }>(
      `select count(*)::int as n from delivery.outbox where class = 'reminder'`,
    );
    expect(rows[0]?.n).toBe(1);
  });

  test('closing ends what is open; an answer afterwards is told so', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    await phone.text('PARK');
    await phone.text('go');
    expect(await close(heard.heard.world, consultation, 'command line')).toEqual({
      kind: 'closed',
      ended: 1,
    });
    expect(await phone.text('1')).toEqual([expect.stringContaining('28 Jan')]);
    expect(await phone.text('PARK')).toEqual([expect.stringContaining('28 Jan')]);
    expect(await rowCount(heard, 'conv.conversation')).toBe(0);
  });

  test('nobody takes part twice', async () => {
    await using heard = await openTestHeard({ HEARD_COOLING_OFF_HOURS: '0' });
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    for (const text of ['PARK', 'go', '1', 'skip']) await phone.text(text);
    expect(await phone.text('PARK')).toEqual([expect.stringContaining('taken part')]);
    await phone.text('DELETE');
    expect(await phone.text('PARK')).toEqual([expect.stringContaining('taken part')]);
  });
});

describe('opting out', () => {
  const SPELLINGS = [
    'STOP',
    ' stop. ',
    'STOP!!',
    'Stop please',
    'ＳＴＯＰ',
    'ЅТОР',
    'S\u200bTOP',
    'ARRET',
    'STOPIO',
    'zatrzymaj',
    'unsubscribe me',
    '🛑',
    'pls stop texting me',
    'STOP 😡',
    'stop x',
    'plsss stop',
    'stoptexting',
    'who is this stop texting me',
    "don't text me. STOP",
    'fuck off stop messaging me',
    'stop fucking texting me its annoying',
    'proszę nie pisać',
    'gad lonydd i mi',
    'براہ کرم میسج نہ کریں',
  ];

  test.each(SPELLINGS)('%s stops, in the middle of a question', async (spelling) => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    for (const text of ['PARK', 'go', '1']) await phone.text(text);
    expect((await phone.text(spelling)).join()).toContain('0800 1111');
    expect(await rowCount(heard, 'conv.conversation')).toBe(0);
    expect(await rowCount(heard, 'conv.participation')).toBe(0);
    expect(await phone.text('PARK')).toEqual([]);
    expect((await phone.text('START')).length).toBe(1);
    expect((await phone.text('PARK')).length).toBe(2);
  });

  test('STOP with a keyword stops without a conversation too, with any other word it does not', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    await phone.text('stop cars');
    expect(await rowCount(heard, 'conv.person where stopped')).toBe(0);
    expect((await phone.text('STOP PARK')).join()).toContain('no more texts');
    expect(await rowCount(heard, 'conv.person where stopped')).toBe(1);
  });

  test('the provider has answered STOP already: we act and stay silent', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    await phone.text('PARK');
    await phone.receipt({ kind: 'handled-by-provider', command: 'stop' });
    expect(await phone.text('PARK')).toEqual([]);
    expect(await phone.receipt({ kind: 'handled-by-provider', command: 'start' })).toEqual({
      kind: 'silence',
    });
    expect((await phone.text('PARK')).length).toBe(2);
  });
});

describe('a message that tells of harm', () => {
  const HARM = 'my stepdad hits me every night';

  test('is met in the same turn, kept from the answers and sealed to the lead', async () => {
    const lead = keygen();
    await using heard = await openTestHeard({ HEARD_SAFEGUARDING_KEY: lead.publicKey });
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    for (const text of ['PARK', 'go', '1']) await phone.text(text);
    const said = await phone.text(HARM);
    expect(said.join('\n')).toContain('0800 1111');
    expect(said.join('\n')).toContain('Our safety lead will be told');
    expect(await phone.text('GO')).toEqual([expect.stringContaining('2 of 2.')]);
    const opened = openCases(await listSealed(heard.heard.world.pool), lead.privateKeyFile);
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect(opened.cases).toMatchObject([{ address: NUMBER, messages: [HARM], channel: 'sms' }]);
  });

  test.each(['I want it all to stop', 'will it ever stop', 'make it stop'])(
    'a cry that has the word stop in it is sealed and opts nobody out: %s',
    async (cry) => {
      const lead = keygen();
      await using heard = await openTestHeard({ HEARD_SAFEGUARDING_KEY: lead.publicKey });
      await heard.launchFlow('chesham-park');
      const phone = heard.phone(NUMBER);
      for (const text of ['PARK', 'go', '1']) await phone.text(text);
      expect((await phone.text(cry)).join()).toContain('0800 1111');
      const opened = openCases(await listSealed(heard.heard.world.pool), lead.privateKeyFile);
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      expect(opened.cases).toMatchObject([{ messages: [cry] }]);
      expect(await rowCount(heard, 'conv.person where stopped')).toBe(0);
      expect(await phone.text('GO')).toEqual([expect.stringContaining('2 of 2.')]);
    },
  );

  test.each([
    'i am frightened all the time. stop texting me',
    // As one text it does not sound like harm: the STOP drowns it.
    'im saving up my tablets. stop texting me',
  ])('what only sounds like harm is sealed where more is said than STOP: %s', async (cry) => {
    const lead = keygen();
    await using heard = await openTestHeard({ HEARD_SAFEGUARDING_KEY: lead.publicKey });
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    await phone.text('PARK');
    expect((await phone.text(cry)).join()).toContain('Our safety lead will be told');
    const opened = openCases(await listSealed(heard.heard.world.pool), lead.privateKeyFile);
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect(opened.cases).toMatchObject([{ kind: 'unclear', messages: [cry] }]);
    await phone.text('stop texting me');
    expect(await rowCount(heard, 'conv.person where stopped')).toBe(1);
  });

  test('without a lead nothing is sealed and nobody is promised', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    await phone.text('PARK');
    const said = (await phone.text(HARM)).join('\n');
    expect(said).toContain('0800 1111');
    expect(said).not.toContain('lead');
    expect(await rowCount(heard, 'safe.case')).toBe(0);
  });

  test('is answered after an opt-out too', async () => {
    await using heard = await openTestHeard();
    const phone = heard.phone(NUMBER);
    await phone.text('STOP');
    expect((await phone.text(HARM)).join()).toContain('85258');
    expect((await phone.text('HELP')).join()).toContain('0800 1111');
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
