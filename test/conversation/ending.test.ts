/** How a conversation ends: its time runs out, the consultation closes, it was taken part in. */
import { expect, test } from 'vitest';
import { close } from '../../src/conversation/close.ts';
import { expireDue, remindDue } from '../../src/conversation/wake.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { rowCount } from './row-count.ts';

const NUMBER = '+447700900123';
const DAY = 86_400_000;

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
