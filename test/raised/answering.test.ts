/** Officers' answers: back in the very chat that an issue came from, and nowhere else. */
import { describe, expect, test } from 'vitest';
import { verify } from '../../src/platform/audit.ts';
import { answer } from '../../src/raised/answer.ts';
import { type GroupStage, issueIn, joined, openGroupStage, rowsOf } from '../groups/group-stage.ts';

const BUS = { kind: 'raise', text: 'The 17:40 bus is always full' } as const;
const TEXT = 'We asked the bus company for a second bus.';

function answers(
  stage: GroupStage,
  issue: string,
  more: Partial<Parameters<typeof answer>[1]> = {},
) {
  return answer(stage.heard.world, {
    issue,
    status: 'looking',
    text: TEXT,
    actor: 'command line',
    ...more,
  });
}

test('an answer is posted in the chat that it came from, with who has it and by when', async () => {
  await using stage = await openGroupStage();
  const chat = stage.chat('1001');
  await stage.chat('1002').happens({ kind: 'added' });
  const issue = issueIn(await chat.happens(BUS, { reference: 'channel 42' }));
  const told = await answers(stage, issue, { owner: 'Transport team', by: '2026-12-01' });
  expect(told).toMatchObject({ kind: 'answered', postedTo: 'discord' });
  const sent = await stage.send();
  expect(sent.map(({ address, reference }) => [address, reference])).toEqual([
    ['chat:1001', 'channel 42'],
  ]);
  const text = sent[0]?.prompts[0]?.text ?? '';
  for (const part of [issue, BUS.text, 'Looking into it', TEXT, 'With: Transport team.', '1 Dec'])
    expect(text).toContain(part);
  expect(await verify(stage.heard.world.pool)).toMatchObject({ kind: 'whole', events: 1 });
});

test('it waits for the hours of young people', async () => {
  await using stage = await openGroupStage({}, new Date('2026-11-02T09:00:00Z'));
  const issue = issueIn(await stage.chat().happens(BUS));
  await answers(stage, issue);
  expect(await stage.send({ keepsHours: true })).toEqual([]);
});

test('in trial mode it goes nowhere', async () => {
  await using stage = await openGroupStage();
  const issue = issueIn(await stage.chat().happens(BUS));
  await answers(stage, issue);
  expect(await stage.send({ trial: true })).toEqual([]);
  expect(await rowsOf(stage, 'select state, reason from delivery.outbox')).toEqual([
    'refused trial',
  ]);
});

describe('once we were removed', () => {
  test('an answer that waits is not posted, and the issue stays for the officers', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const issue = issueIn(await chat.happens(BUS));
    await answers(stage, issue);
    await chat.happens({ kind: 'removed' });
    expect(await stage.send()).toEqual([]);
    const later = await answers(stage, issue, { status: 'yes', text: 'There is a second bus.' });
    expect(later).toMatchObject({ kind: 'answered', issue: { status: 'yes' } });
    expect(later).not.toHaveProperty('postedTo');
    expect(await stage.send()).toEqual([]);
    expect(await rowsOf(stage, 'select count(*) from raised.backing')).toEqual(['0']);
  });

  test('nobody of another chat can see or back it', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const issue = issueIn(await chat.happens(BUS));
    await chat.happens({ kind: 'removed' });
    await chat.happens({ kind: 'added' });
    expect(joined(await chat.happens({ kind: 'raised' }))).toContain('Nothing has been raised');
    expect(joined(await chat.happens({ kind: 'back', issue }))).toContain('nothing called');
  });
});

test('what is done cannot be backed, and nothing is kept of who did', async () => {
  await using stage = await openGroupStage();
  const chat = stage.chat();
  const issue = issueIn(await chat.happens(BUS));
  await chat.happens({ kind: 'back', issue }, { by: 'member-0002' });
  await answers(stage, issue, { status: 'done', text: 'Two buses run now.' });
  expect(await rowsOf(stage, 'select count(*) from raised.backing')).toEqual(['0']);
  expect(joined(await chat.happens({ kind: 'back', issue }))).toContain('had its answer');
  const listed = await chat.happens({ kind: 'raised' });
  expect(joined(listed)).toMatch(/Done \(2 Nov\)\.\nTwo buses run now\.\nPeople behind it: 2\./);
  expect(listed.posts).toMatchObject([{ kind: 'issue', issue: { id: issue } }]);
  expect(listed.posts[0]).not.toHaveProperty('issue.back');
  expect(await answers(stage, issue)).toEqual({ kind: 'done' });
});

test('the same answer twice is a slip, and posted once', async () => {
  await using stage = await openGroupStage();
  const issue = issueIn(await stage.chat().happens(BUS));
  const both = await Promise.all([answers(stage, issue), answers(stage, issue)]);
  expect(both.map((one) => one.kind).toSorted()).toEqual(['again', 'answered']);
  expect(await stage.send()).toHaveLength(1);
});

test('what is late says so in its chat, by how many days', async () => {
  await using stage = await openGroupStage();
  const chat = stage.chat();
  const issue = issueIn(await chat.happens(BUS));
  await answers(stage, issue, { by: '2026-11-10' });
  stage.clock.now = new Date('2026-11-22T12:00:00Z');
  expect(joined(await chat.happens({ kind: 'raised' }))).toContain("We're late by 12 days");
  expect(joined(await chat.happens({ kind: 'promise' }))).toContain("We're late by 12 days");
});

test('an id is understood as people say it', async () => {
  await using stage = await openGroupStage();
  const issue = issueIn(await stage.chat().happens(BUS));
  const spoken = ` ${issue.toLowerCase().split('').join(' ')}. `;
  expect(await answers(stage, spoken)).toMatchObject({ kind: 'answered' });
  expect(await answers(stage, 'X9X9X9')).toEqual({ kind: 'unknown' });
});
