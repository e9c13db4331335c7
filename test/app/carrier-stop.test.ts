/**
 * A carrier that refuses a number has heard a STOP that may never have come to us. Over the real
 * program, with a stand-in for the provider: all that STOP does is done, and nothing is said.
 */
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Serving, serve } from '../../src/app/serve.ts';
import { postSigned } from '../../src/cli/demo/stand-in-provider.ts';
import { bodyBinding } from '../../src/conversation/commit-turn.ts';
import { sealForDay } from '../../src/conversation/day-seal.ts';
import { plan } from '../../src/delivery/plan.ts';
import { listen } from '../../src/platform/listening.ts';
import { linkUp } from '../conversation/household.ts';
import { freePort } from '../support/free-port.ts';
import { newSid } from '../support/inbound-text.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

const account = { sid: `AC${'a'.repeat(32)}`, token: 'a token', number: '+447700900999' };
const NUMBER = '+447700900123';

/** A whole node starts first. */
const PATIENTLY = { timeout: 30_000 };

let on: TestHeard;
let node: Serving | undefined;
let accepts = false;
const callbacks: string[] = [];
const provider = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    callbacks.push(form.get('StatusCallback') ?? '');
    const [status, body] = accepts
      ? [201, { sid: newSid(), status: 'queued' }]
      : [400, { code: 21610, message: 'unsubscribed', status: 400 }];
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
});
let providerPort: number;
beforeAll(async () => {
  providerPort = await listen(provider, 0, '127.0.0.1');
});
afterAll(() => provider.close());
afterEach(async () => {
  await node?.stop();
  await on[Symbol.asyncDispose]();
});

/** Invited by text to one thing, half-way through another on Discord, with a message on its way. */
async function begin(): Promise<void> {
  const port = await freePort();
  callbacks.length = 0;
  on = await openTestHeard({
    HEARD_MODE: 'live',
    HEARD_SEND_WINDOW: 'always',
    PORT: String(port),
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: `http://127.0.0.1:${providerPort}`,
  });
  await on.launchFlow('chesham-park');
  const vote = await on.launchFlow('make-your-mark');
  const [sms, discord] = [on.phone(NUMBER), on.phone('80351110224678912', 'discord')];
  await linkUp(sms, discord);
  for (const text of ['PARK', 'go', '1']) await discord.text(text);
  const { pool, keys, ambient, contacts } = on.heard.world;
  const person = await contacts.findOrCreatePerson(pool, { channel: 'sms', address: NUMBER });
  await contacts.rememberAddress(pool, { person: person.id, channel: 'sms', address: NUMBER });
  await pool.query(
    `insert into conv.invitation (person_id, consultation_id, invited_on) values ($1, $2, '2026-11-01')`,
    [person.id, vote.id],
  );
  await on.heard.world.ledger.flush();
  const prompts = [{ text: 'News', input: { kind: 'none' }, keys: [], language: 'en' }];
  const body = await sealForDay(
    keys,
    ambient.now(),
    JSON.stringify(prompts),
    bodyBinding(person.id),
  );
  await plan(pool, [
    { personId: person.id, channel: 'sms', class: 'reminder', parts: 1, body },
    { personId: person.id, channel: 'sms', class: 'feedback', parts: 1, delayMs: 3_600_000, body },
  ]);
  node = await serve(on.heard);
}

async function query(text: string): Promise<readonly string[]> {
  const { rows } = await on.heard.world.pool.query(text);
  return rows.map((row) => String(Object.values(row)[0]));
}

async function everythingIsStopped(): Promise<void> {
  await expect
    .poll(() => query('select source from contact.suppression'), PATIENTLY)
    .toHaveLength(2);
  expect(await query('select distinct source from contact.suppression')).toEqual(['carrier']);
  expect(await query('select channel from conv.person where not stopped')).toEqual([]);
  for (const table of ['conv.conversation', 'conv.participation', 'conv.invitation'])
    expect(await query(`select count(*) from ${table}`), table).toEqual(['0']);
  expect(
    await query(`select state || ' ' || reason from delivery.outbox where class = 'feedback'`),
  ).toEqual(['refused opted-out']);
  expect(await query(`select count(*) from contact.erasure where what = 'conversation'`)).toEqual([
    '1',
  ]);
  expect(await query(`select class from delivery.outbox where state = 'planned'`)).toEqual([]);
}

test('a send that is refused with 21610', { timeout: 60_000 }, async () => {
  accepts = false;
  await begin();
  await everythingIsStopped();
  expect(callbacks).toHaveLength(1);
});

test('a report of 21610 after the message was taken', { timeout: 60_000 }, async () => {
  accepts = true;
  await begin();
  await expect
    .poll(() => query(`select state from delivery.outbox where class = 'reminder'`), PATIENTLY)
    .toEqual(['accepted']);
  expect(await query('select source from contact.suppression')).toEqual([]);
  const [callback = ''] = callbacks;
  const { pathname } = new URL(callback);
  await postSigned(account, `http://127.0.0.1:${node?.port}${pathname}`, callback, {
    AccountSid: account.sid,
    MessageSid: newSid(),
    MessageStatus: 'failed',
    ErrorCode: '21610',
  });
  await everythingIsStopped();
});
