/** Answering in Discord or Teams: by buttons and commands, in any language, and coming back. */
import { expect, test } from 'vitest';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { finish, member, rows, texts } from './app-member.ts';
import { TEXTS } from './app-outbox.ts';

test('somebody is told of a button that is behind them, and it changes nothing', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const person = member(heard, '800000000000000002');
  await person.join();
  const question = await person.tap('go');
  await person.tap('ramp', question);
  expect(texts(await person.tap('lights', question))).toContain('already behind us');
  await person.command('skip');
  const sealed = await rows(heard, 'conv.participation');
  // Last week's button, long after the end, is answered each time it is pressed.
  for (let press = 0; press < 2; press++)
    expect(texts(await person.tap('lights', question))).toContain('taken part');
  expect(await rows(heard, 'conv.participation')).toBe(sealed);
});

test('somebody is answered whenever they press something, and once a day when they type', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const person = member(heard, '800000000000000003');
  for (let press = 0; press < 2; press++) {
    expect(await person.join('nothing')).toHaveLength(1);
    expect(await person.command('skip')).toHaveLength(1);
  }
  expect(await person.does({ kind: 'text', text: 'hello' })).toHaveLength(1);
  expect(await person.does({ kind: 'text', text: 'hello' })).toEqual([]);
});

test('somebody chooses a language before anything begins, and is spoken to in it', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const person = member(heard, '800000000000000004');
  const [said] = await person.does({ kind: 'command', command: 'language', language: 'pl' });
  expect(said?.language).toBe('pl');
  expect((await person.join()).map(({ language }) => language)).toEqual(['pl', 'pl']);
});

test('who said stop is told how to come back, and is not written to', async () => {
  await using heard = await openTestHeard();
  const consultation = await heard.launchFlow('chesham-park');
  const person = member(heard, '800000000000000005');
  await finish(person);
  expect(await person.command('stop')).toHaveLength(1);
  expect(texts(await person.join())).toContain('/start');
  expect(texts(await person.command('check'))).toContain('/start');
  expect(await person.does({ kind: 'text', text: 'PARK' })).toEqual([]);
  expect(
    await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line'),
  ).toMatchObject({ planned: 0 });
  await person.command('start');
  expect(texts(await person.join())).toContain('taken part');
});
