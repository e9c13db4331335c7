/** The one reminder inside a conversation: while it can leave, and only while it is true. */
import { expect, test } from 'vitest';
import { close } from '../../src/conversation/close.ts';
import { remindDue } from '../../src/conversation/wake.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { begun } from './invited.ts';

const NIGHT = new Date('2026-11-05T03:00:00Z');
const AFTERNOON = new Date('2026-11-05T16:05:00Z');

/** Somebody has begun on Monday, and is asked the first question. */
async function someoneQuiet() {
  const heard = await openTestHeard();
  const consultation = await heard.launchFlow('chesham-park');
  const phone = heard.phone('+447700900301');
  for (const text of ['PARK', 'go']) await phone.text(text);
  return { ...heard, consultation, quiet: phone };
}

test('is planned when the hours open, and not for who has answered in the night', async () => {
  await using heard = await someoneQuiet();
  const { world } = heard.heard;
  const other = heard.phone('+447700900302');
  for (const text of ['PARK', 'go']) await other.text(text);
  heard.clock.now = NIGHT;
  expect(await remindDue(world)).toBe(0);
  await other.text('1');
  heard.clock.now = AFTERNOON;
  expect(await remindDue(world)).toBe(1);
  expect(await remindDue(world)).toBe(0);
  expect(await begun(heard)).toEqual(['reminder planned']);
});

test('does not go to who finishes before it has left', async () => {
  await using heard = await someoneQuiet();
  heard.clock.now = AFTERNOON;
  expect(await remindDue(heard.heard.world)).toBe(1);
  for (const text of ['1', 'skip']) await heard.quiet.text(text);
  expect(await begun(heard)).toEqual(['reminder refused takes-part']);
});

test('does not come together with the end', async () => {
  await using heard = await someoneQuiet();
  heard.clock.now = new Date('2026-11-09T16:05:00Z');
  expect(await remindDue(heard.heard.world)).toBe(0);
});

test('is taken back at the close; what the close says goes', async () => {
  await using heard = await someoneQuiet();
  const { world } = heard.heard;
  heard.clock.now = AFTERNOON;
  expect(await remindDue(world)).toBe(1);
  await close(world, heard.consultation, 'command line');
  expect(await begun(heard)).toEqual(['reminder refused closed', 'reminder planned']);
});
