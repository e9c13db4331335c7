/**
 * Canaries in what members are called and in what they answer: they must be in no post, in no table
 * of chats or issues, and in no text that goes out.
 */
import { expect, test } from 'vitest';
import { release } from '../../src/consultation/release.ts';
import { close } from '../../src/conversation/close.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { answer } from '../../src/raised/answer.ts';
import type { ChatEvent } from '../../src/shared-chat.ts';
import { assertNoCanary } from '../support/canary.ts';
import { issueIn, joined, openGroupStage, rowsOf } from './group-stage.ts';

const MEMBER = 'canary-member-77001';
const CHAT = 'canary-chat-88002';
const ANSWER = 'CanaryAnswerWaterfall';

test('nothing in a chat tells who takes part or what anybody answered', async () => {
  await using stage = await openGroupStage();
  const park = await stage.launchFlow('chesham-park');
  const { world, releaseDeps } = stage.heard;
  const chat = stage.chat(CHAT);
  const said: string[] = [];
  const happens = async (event: ChatEvent, by = MEMBER) => {
    const receipt = await chat.happens(event, { by, reference: `${CHAT} in words` });
    said.push(joined(receipt));
    return receipt;
  };
  await happens({ kind: 'added' });
  await happens({ kind: 'start', keyword: 'PARK' });
  for (let member = 0; member < 12; member++) {
    await stage.finishes(`${MEMBER}-${member}`, chat, { better: `${ANSWER} ${member}` });
    await happens({ kind: 'start', keyword: 'PARK' });
  }
  const issue = issueIn(await happens({ kind: 'raise', text: 'The 17:40 bus is always full' }));
  for (const by of [MEMBER, `${MEMBER}-1`]) await happens({ kind: 'back', issue }, by);
  await close(world, park, 'command line');
  stage.clock.now = new Date(stage.clock.now.getTime() + 6 * 86_400_000);
  await release(releaseDeps);
  for (const kind of ['results', 'promise', 'raised', 'help'] as const) await happens({ kind });
  await answer(world, { issue, status: 'heard', text: 'We have it.', actor: 'command line' });
  await tellParticipants(world, park, { en: 'Bury Council: the ramp.' }, 'command line');

  const stored = await Promise.all(
    [
      'chat.chat',
      'chat.taking_part',
      'chat.seen',
      'raised.issue',
      'raised.backing',
      'raised.change',
      'delivery.content',
      'audit.event',
    ].map(async (table) => [
      table,
      (await rowsOf(stage, `select t::text from ${table} t`)).join('\n'),
    ]),
  );
  for (const [table, rows] of stored) expect(rows, table).not.toBe('');
  await assertNoCanary({
    canaries: [MEMBER, CHAT, ANSWER],
    texts: { said: said.join('\n'), ...Object.fromEntries(stored) },
  });
  const posts = await stage.send();
  const inChat = posts.filter(({ address }) => address === chat.address);
  expect(inChat).toHaveLength(2);
  await assertNoCanary({
    canaries: [MEMBER, ANSWER],
    texts: { posts: JSON.stringify(inChat.map(({ prompts }) => prompts)) },
  });
});
