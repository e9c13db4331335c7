/** What an app may ask: where somebody stands, what can be joined, the card of a shared chat. */
import { expect, test } from 'vitest';
import { createSharedChatDesk } from '../../src/conversation/shared-chat-desk.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { finish, GUILD, member, texts } from './app-member.ts';

test('where somebody stands: the question that waits, and how it stands after the end', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const desk = createSharedChatDesk(heard.heard.world);
  const address = '800000000000000030';
  const now = () => desk.current({ channel: 'discord', address });
  expect(await now()).toBeUndefined();
  const person = member(heard, address);
  await person.join('PARK', 'pl');
  expect(await now()).toMatchObject({ keyword: 'PARK', ended: false, language: 'pl' });
  const asked = await person.tap('go');
  const again = await now();
  expect(again?.prompts.at(-1)).toMatchObject({ text: asked.at(-1)?.text });
  // What is shown so can be pressed, and asking writes nothing.
  expect(texts(await person.tap('ramp', again?.prompts))).not.toContain('za nami');
  await person.command('skip');
  const after = await now();
  expect(after).toMatchObject({ keyword: 'PARK', ended: true, language: 'pl' });
  expect(after?.prompts).toHaveLength(1);
  expect(await desk.current({ channel: 'teams', address })).toBeUndefined();
});

test('what can be joined, each with its promise, and the card of a chat', async () => {
  await using heard = await openTestHeard();
  const desk = createSharedChatDesk(heard.heard.world);
  expect(await desk.openConsultations()).toEqual([]);
  await heard.launchFlow('chesham-park');
  for (let at = 40; at < 45; at++)
    await finish(member(heard, `8000000000000000${at}`, { within: GUILD }));
  expect(await desk.openConsultations('pl')).toEqual([
    {
      keyword: 'PARK',
      title: expect.any(String),
      promise: expect.stringContaining('Bury Council'),
    },
  ]);
  const card = await desk.sharedCard({ channel: 'discord', chat: GUILD }, 'park');
  expect(card).toMatchObject({ keyword: 'PARK', state: 'open', results: [] });
  expect(card?.progress).toContain('About 5');
  const elsewhere = await desk.sharedCard({ channel: 'discord', chat: 'chat:1' }, 'park');
  expect(elsewhere?.progress).not.toContain('About');
  expect(await desk.sharedCard({ channel: 'discord', chat: GUILD }, 'nothing')).toBeUndefined();
});
