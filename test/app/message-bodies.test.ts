/** What a message on its way says: opened for its person, under the key of its day. */
import { expect, test } from 'vitest';
import { bodyOpener } from '../../src/app/dispatching.ts';
import { bodyBinding } from '../../src/conversation/commit-turn.ts';
import { sealForDay } from '../../src/conversation/day-seal.ts';
import { openTestHeard } from '../support/open-test-heard.ts';

const PROMPTS = [{ text: 'Hello', input: { kind: 'none' }, keys: [], language: 'en' }];

test('opens for its person; bytes that are not what was sealed are nothing to wait for', async () => {
  await using opened = await openTestHeard();
  const { heard, clock } = opened;
  const body = await sealForDay(
    heard.world.keys,
    clock.now,
    JSON.stringify(PROMPTS),
    bodyBinding('somebody'),
  );
  const open = bodyOpener(heard);
  expect(await open('somebody', body)).toEqual(PROMPTS);
  expect(await open('somebody else', body)).toBeUndefined();
  const sealed = Uint8Array.from(body.sealed, (byte, at) => (at === 30 ? byte ^ 1 : byte));
  expect(await open('somebody', { ...body, sealed })).toBeUndefined();
});
