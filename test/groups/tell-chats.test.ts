/** What happened, told to the chats that took part: one post each, and no question to anybody. */
import { expect, test } from 'vitest';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { openGroupStage, rowsOf } from './group-stage.ts';

const TEXTS = { en: 'Bury Council: most picked the ramp.', pl: 'Bury Council: rampa.' };

test('every chat that took part hears once, where it is and in its language', async () => {
  await using stage = await openGroupStage();
  const park = await stage.launchFlow('chesham-park');
  const discord = stage.chat('1001');
  const polish = stage.chat('1002');
  await polish.happens({ kind: 'added' }, { language: 'pl' });
  const teams = stage.chat('19:meeting@thread.v2', 'teams');
  for (const chat of [discord, polish, teams]) {
    await chat.happens(
      { kind: 'start', keyword: 'PARK' },
      { reference: `post at ${chat.address}` },
    );
  }
  await stage.chat('1003').happens({ kind: 'added' });
  await stage.finishes('member-1', discord);
  const { world } = stage.heard;
  const told = await tellParticipants(world, park, TEXTS, 'command line');
  expect(told).toMatchObject({ kind: 'planned', planned: 1, chats: 3 });
  expect(await rowsOf(stage, 'select count(*) from feedback.rating_due')).toEqual(['1']);
  const sent = [...(await stage.send()), ...(await stage.send({ channel: 'teams' }))];
  const posted = sent.filter(({ address }) => address.startsWith('chat:'));
  expect(
    posted.map(({ address, reference, prompts }) => [
      address,
      reference,
      prompts.map((one) => one.text).join(),
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['chat:1001', 'post at chat:1001', TEXTS.en],
      ['chat:1002', 'post at chat:1002', TEXTS.pl],
      ['chat:19:meeting@thread.v2', 'post at chat:19:meeting@thread.v2', TEXTS.en],
    ]),
  );
  expect(posted).toHaveLength(3);
  expect(await tellParticipants(world, park, TEXTS, 'command line')).toMatchObject({
    kind: 'refused',
  });
  expect(await stage.send()).toEqual([]);
});

test('a chat that we were removed from gets nothing, planned before or after', async () => {
  await using stage = await openGroupStage();
  const park = await stage.launchFlow('chesham-park');
  const [before, after] = [stage.chat('1001'), stage.chat('1002')];
  for (const chat of [before, after]) await chat.happens({ kind: 'start', keyword: 'PARK' });
  await before.happens({ kind: 'removed' });
  const { world } = stage.heard;
  const told = await tellParticipants(world, park, TEXTS, 'command line');
  expect(told).toMatchObject({ chats: 1 });
  await after.happens({ kind: 'removed' });
  expect(await stage.send()).toEqual([]);
  for (const table of ['chat.chat', 'chat.taking_part', 'contact.address', 'conv.person']) {
    expect(await rowsOf(stage, `select count(*) from ${table}`), table).toEqual(['0']);
  }
  expect(await rowsOf(stage, 'select count(*) from contact.suppression')).toEqual(['2']);
});

test('one that adds us again is welcome, and hears from then on', async () => {
  await using stage = await openGroupStage();
  const park = await stage.launchFlow('chesham-park');
  const chat = stage.chat();
  await chat.happens({ kind: 'start', keyword: 'PARK' });
  await chat.happens({ kind: 'removed' });
  expect((await chat.happens({ kind: 'added' })).posts).toHaveLength(1);
  await chat.happens({ kind: 'start', keyword: 'PARK' });
  await tellParticipants(stage.heard.world, park, TEXTS, 'command line');
  expect(await stage.send()).toHaveLength(1);
});

test('a place where we may not write any more is left alone', async () => {
  await using stage = await openGroupStage();
  const park = await stage.launchFlow('chesham-park');
  await stage.chat().happens({ kind: 'start', keyword: 'PARK' });
  const { world } = stage.heard;
  await tellParticipants(world, park, TEXTS, 'command line');
  await stage.send({ outcome: { kind: 'refused', reason: '403', optedOut: true } });
  const again = await tellParticipants(world, park, { en: 'Bury Council: more.' }, 'command line');
  expect(again).toMatchObject({ chats: 0 });
});
