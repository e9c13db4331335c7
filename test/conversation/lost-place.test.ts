/** What people hear when the key that their conversation needs is gone: never a door that is shut. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lostKeyAlarm } from '../../src/app/lost-key.ts';
import type { InboundEvent } from '../../src/channel.ts';
import { createChatDesk } from '../../src/conversation/chat-desk.ts';
import { createListeners } from '../../src/conversation/listeners.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { expireDue, remindDue } from '../../src/conversation/wake.ts';
import type { World } from '../../src/conversation/world.ts';
import { openKeyFolder } from '../../src/privacy/key-folder.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

const NUMBER = '+447700900001';
const LOST = /we lost our place.*not yours.*send PARK/s;

let on: TestHeard;
beforeEach(async () => {
  on = await openTestHeard();
  await on.launchFlow('chesham-park');
});
afterEach(() => on[Symbol.asyncDispose]());

async function halfWay(channel: 'sms' | 'web' = 'sms'): Promise<void> {
  const phone = on.phone(NUMBER, channel);
  await phone.receipt({ kind: 'join', keyword: 'park' });
  await phone.text('GO');
}

/** A node that starts when the key of the day is no longer in the folder. */
async function nodeWithoutTheKey(): Promise<World & { readonly lostDays: readonly string[] }> {
  await rm(join(on.keysDir, 'day.2026-11-02.key'));
  return freshNode();
}

async function freshNode(): Promise<World & { readonly lostDays: readonly string[] }> {
  const opened = await openKeyFolder({ folder: on.keysDir, dataFolder: '/nowhere' });
  if (opened.kind === 'refused') throw new Error(opened.reason);
  const lostDays: string[] = [];
  on.clock.now = new Date('2026-11-03T16:30:00Z');
  const { world } = on.heard;
  return { ...world, keys: opened.keys, onLostKey: (day) => lostDays.push(day), lostDays };
}

let messages = 0;
async function said(world: World, event: InboundEvent | string, channel: 'sms' | 'web' = 'sms') {
  const receipt = await createReceive(world)({
    channel,
    address: NUMBER,
    messageId: `lost ${++messages}`,
    event: typeof event === 'string' ? { kind: 'text', text: event } : event,
  });
  return receipt.kind === 'reply' ? receipt.prompts.map((one) => one.text).join('\n') : '';
}

async function conversations(): Promise<number> {
  const { rowCount } = await on.heard.world.pool.query('select from conv.conversation');
  return rowCount ?? 0;
}

test('an answer is met with why it cannot go on, and the keyword begins anew', async () => {
  await halfWay();
  const world = await nodeWithoutTheKey();
  expect(await said(world, '2')).toMatch(LOST);
  expect(world.lostDays).toEqual(['2026-11-02']);
  expect(await conversations()).toBe(0);
  expect(await said(world, 'PARK')).toContain('Chesham park');
  expect(await conversations()).toBe(1);
  expect(await said(world, 'GO')).not.toMatch(LOST);
});

test('the keyword itself begins anew at once', async () => {
  await halfWay();
  const world = await nodeWithoutTheKey();
  expect(await said(world, { kind: 'join', keyword: 'park' })).toContain('Chesham park');
  expect(await conversations()).toBe(1);
});

test.each([
  ['STOP', /no more texts from us/],
  ['HELP', /999/],
  ['DELETE', /deleted|gone/],
  ['my stepdad hits me', /Thank you for telling us/],
])('%s is met as ever', async (text, answer) => {
  await halfWay();
  const world = await nodeWithoutTheKey();
  expect(await said(world, text)).toMatch(answer);
  expect(await conversations()).toBe(0);
});

test.each(['STOP', 'DELETE'])('after %s they no longer take part', async (text) => {
  await halfWay();
  const world = await nodeWithoutTheKey();
  await said(world, text);
  const { rowCount } = await world.pool.query('select from conv.participation');
  expect(rowCount).toBe(0);
});

test('the page says so too', async () => {
  await halfWay('web');
  const world = await nodeWithoutTheKey();
  await world.pool.query(`update delivery.outbox set body_ct = null, key_day = null`);
  const current = await createChatDesk(world, createListeners()).current(NUMBER);
  expect(current?.prompts.map((one) => one.text).join()).toMatch(LOST);
});

test('the reminder says so instead, once', async () => {
  await halfWay();
  const world = await nodeWithoutTheKey();
  on.clock.now = new Date('2026-11-06T16:30:00Z');
  expect(await remindDue(world)).toBe(1);
  expect(await remindDue(world)).toBe(0);
  const { rows } = await world.pool.query(
    `select class from delivery.outbox where state = 'planned'`,
  );
  expect(rows).toEqual([{ class: 'reminder' }]);
});

test('time runs out for it without a word', async () => {
  await halfWay();
  const world = await nodeWithoutTheKey();
  on.clock.now = new Date('2026-11-20T16:30:00Z');
  expect(await expireDue(world)).toBe(1);
  expect(await conversations()).toBe(0);
  const { rowCount } = await world.pool.query(
    `select from delivery.outbox where state = 'planned'`,
  );
  expect(rowCount).toBe(0);
});

test('a keys folder that shows nothing at this moment is no proof, and nothing is lost', async () => {
  await halfWay();
  const world = await freshNode();
  await rename(on.keysDir, `${on.keysDir}-away`);
  await mkdir(on.keysDir, { mode: 0o700 });
  await expect(said(world, '2')).rejects.toThrow();
  expect(await conversations()).toBe(1);
  await rm(on.keysDir, { recursive: true });
  await rename(`${on.keysDir}-away`, on.keysDir);
  expect(await said(await freshNode(), '2')).not.toMatch(LOST);
});

test('the log says it once for each day', () => {
  const lines: string[] = [];
  const alarm = lostKeyAlarm({ error: (message: string) => lines.push(message) });
  for (const day of ['2026-11-02', '2026-11-02', '2026-11-03', '2026-11-02']) alarm(day);
  expect(lines).toHaveLength(2);
});
