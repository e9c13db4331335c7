/** How many finished in a chat, as everyone there may see it: never exactly. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Consultation } from '../../src/consultation/consultations.ts';
import { createSharedChatDesk } from '../../src/conversation/shared-chat-desk.ts';
import { aboutFinished, finishedWithin, joinedWithin } from '../../src/groups/taking-part.ts';
import { type GroupStage, openGroupStage } from './group-stage.ts';

let stage: GroupStage;
let park: Consultation;
beforeAll(async () => {
  stage = await openGroupStage();
  park = await stage.launchFlow('chesham-park');
});
afterAll(() => stage[Symbol.asyncDispose]());

test('no count is ever shown that is not a multiple of five, and few are not counted at all', async () => {
  const { pool, contacts } = stage.heard.world;
  const chat = { channel: 'teams', chat: 'chat:count' } as const;
  const id = (await joinedWithin(pool, contacts, chat, park.id, '2026-11-02')) ?? '';
  for (let finished = 0; finished <= 33; finished++) {
    const about = await aboutFinished(pool, id, park.id);
    if (finished < 5) expect(about).toBeUndefined();
    else {
      expect((about ?? 1) % 5).toBe(0);
      expect(Math.abs((about ?? 0) - finished)).toBeLessThanOrEqual(2);
    }
    await finishedWithin(pool, id, park.id);
  }
});

test('a chat takes part as soon as one member joins in it, and its card follows', async () => {
  const chat = stage.chat('3003');
  const desk = createSharedChatDesk(stage.heard.world);
  const progress = async () => (await desk.sharedCard(chatOf(chat), 'PARK', 'en'))?.progress;
  expect(await progress()).toBe('Fewer than 5 here have finished.');
  for (let member = 0; member < 8; member++) await stage.finishes(`member-${member}`, chat);
  expect(await progress()).toBe('About 10 here have finished.');
  const elsewhere = stage.chat('3004');
  expect((await desk.sharedCard(chatOf(elsewhere), 'park', 'en'))?.progress).toContain('Fewer');
});

test('whoever finishes in a chat that is gone is not counted, and loses nothing', async () => {
  const chat = stage.chat('3005');
  await stage.finishes('member-20', chat);
  await chat.happens({ kind: 'removed' });
  await stage.finishes('member-21', chat);
  const { rows } = await stage.heard.world.pool.query(
    `select from conv.participation where state = 'done'`,
  );
  expect(rows).toHaveLength(10);
});

function chatOf({ channel, address }: { channel: 'discord' | 'teams'; address: string }) {
  return { channel, chat: address };
}
