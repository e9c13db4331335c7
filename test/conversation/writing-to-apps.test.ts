/** Writing first to people in Discord or Teams: what they hear, who is left out, what it costs. */
import { expect, test } from 'vitest';
import { priceOfFeedback } from '../../src/conversation/feedback-price.ts';
import { RATING } from '../../src/conversation/rating-prompt.ts';
import { countRatings } from '../../src/conversation/score.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { expireDue, remindDue } from '../../src/conversation/wake.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { finish, member, rows, texts } from './app-member.ts';
import { app, sendAll, TEXTS } from './app-outbox.ts';

const DAY = 86_400_000;

test('somebody joins, answers by buttons and hears what happened', async () => {
  await using heard = await openTestHeard();
  const consultation = await heard.launchFlow('chesham-park');
  const person = member(heard, '800000000000000001');
  expect(texts(await person.join())).toContain('Bury Council');
  expect(texts(await person.tap('go'))).toContain('What should we build first?');
  expect(texts(await person.tap('ramp'))).toContain('What would make the park better');
  await person.does({ kind: 'text', text: 'More bins by the gate' });
  expect(await rows(heard, 'conv.conversation')).toBe(0);
  expect(
    await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line'),
  ).toMatchObject({ kind: 'planned', planned: 1 });
  const discord = app('discord');
  await sendAll(heard, discord);
  expect(discord.sent.map(({ address }) => address)).toEqual([
    '800000000000000001',
    '800000000000000001',
  ]);
  expect(discord.sent[0]?.prompts[0]?.text).toBe(TEXTS.en);
  const question = discord.sent[1]?.prompts ?? [];
  expect(question[0]).toMatchObject({ input: { kind: 'one' }, target: { step: RATING } });
  expect(texts(await person.tap('4', question))).toContain('Thank you');
  const { rows: due } = await heard.heard.world.pool.query<{ given: boolean }>(
    'select score_ct is not null as given from feedback.rating_due',
  );
  expect(due).toEqual([{ given: true }]);
});

test('a score may be pressed in the middle of other questions, which then come again', async () => {
  await using heard = await openTestHeard();
  const park = await heard.launchFlow('chesham-park');
  const people = Array.from({ length: 5 }, (_, at) => member(heard, `80000000000000001${at}`));
  for (const person of people) await finish(person);
  await tellParticipants(heard.heard.world, park, TEXTS, 'command line');
  const other = await heard.launchFlow('make-your-mark');
  const discord = app('discord');
  await sendAll(heard, discord);
  const score = discord.sent.map(({ prompts }) => prompts).find(([one]) => one?.target) ?? [];
  for (const person of people) {
    await person.join(other.keyword);
    const asked = (await person.tap('go')).at(-1)?.text ?? '';
    const said = texts(await person.tap('5', score));
    expect(said).toContain('Thank you');
    expect(said).toContain(asked);
    await person.tap('1', score);
  }
  expect(await countRatings(heard.heard.world)).toBe(5);
  const { rows: scores } = await heard.heard.world.pool.query(
    'select score, count from feedback.rating',
  );
  expect(scores).toEqual([{ score: 5, count: 5 }]);
});

test('somebody is reminded once by a message of its own, and their time runs out', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const person = member(heard, '800000000000000006');
  await person.join();
  await person.tap('go');
  heard.clock.now = new Date(heard.clock.now.getTime() + 3 * DAY);
  expect(await remindDue(heard.heard.world)).toBe(1);
  const discord = app('discord');
  await sendAll(heard, discord);
  expect(discord.sent).toHaveLength(1);
  heard.clock.now = new Date(heard.clock.now.getTime() + 8 * DAY);
  expect(await expireDue(heard.heard.world)).toBe(1);
  expect(await rows(heard, 'conv.conversation')).toBe(0);
});

test('in trial mode only guests are written to first', async () => {
  await using heard = await openTestHeard();
  const consultation = await heard.launchFlow('chesham-park');
  const { world } = heard.heard;
  const discord = app('discord');
  const sending = { ...world.sending, guestsOnly: new Set(['discord'] as const) };
  await finish(member(heard, '800000000000000007'));
  await finish(member(heard, '800000000000000008'));
  await world.contacts.addGuest(world.pool, 'discord', '800000000000000008');
  expect(await priceOfFeedback({ ...world, sending }, consultation, TEXTS)).toMatchObject({
    people: 1,
    inApps: 1,
    parts: 0,
    languages: [],
    leftOut: { trial: 1 },
  });
  await tellParticipants(world, consultation, TEXTS, 'command line');
  await sendAll(heard, discord, true);
  expect(new Set(discord.sent.map(({ address }) => address))).toEqual(
    new Set(['800000000000000008']),
  );
});

test('somebody in an app costs nothing, beside those who are texted', async () => {
  await using heard = await openTestHeard({ HEARD_MODE: 'live' });
  const consultation = await heard.launchFlow('chesham-park');
  await finish(member(heard, '800000000000000009'));
  for (const said of ['PARK', 'go', '1', 'skip']) await heard.phone('+447700900101').text(said);
  const price = await priceOfFeedback(heard.heard.world, consultation, TEXTS);
  expect(price).toMatchObject({
    people: 2,
    inApps: 1,
    parts: 2,
    languages: [{ people: 1, parts: 2 }],
  });
});
