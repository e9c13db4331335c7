/** STOP in the middle of a question, in every spelling, and what brings a person back. */
import { expect, test } from 'vitest';
import { openTestHeard } from '../support/open-test-heard.ts';
import { rowCount } from './row-count.ts';

const NUMBER = '+447700900123';

const SPELLINGS = [
  'STOP',
  ' stop. ',
  'STOP!!',
  'Stop please',
  'ＳＴＯＰ',
  'ЅТОР',
  'S\u200bTOP',
  'ARRET',
  'STOPIO',
  'zatrzymaj',
  'unsubscribe me',
  '🛑',
  'pls stop texting me',
  'STOP 😡',
  'stop x',
  'plsss stop',
  'stoptexting',
  'who is this stop texting me',
  "don't text me. STOP",
  'fuck off stop messaging me',
  'stop fucking texting me its annoying',
  'proszę nie pisać',
  'gad lonydd i mi',
  'براہ کرم میسج نہ کریں',
];

test.each(SPELLINGS)('%s stops, in the middle of a question', async (spelling) => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone(NUMBER);
  for (const text of ['PARK', 'go', '1']) await phone.text(text);
  expect((await phone.text(spelling)).join()).toContain('0800 1111');
  expect(await rowCount(heard, 'conv.conversation')).toBe(0);
  expect(await rowCount(heard, 'conv.participation')).toBe(0);
  expect(await phone.text('PARK')).toEqual([]);
  expect((await phone.text('START')).length).toBe(1);
  expect((await phone.text('PARK')).length).toBe(2);
});

test('STOP with a keyword stops without a conversation too, with any other word it does not', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone(NUMBER);
  await phone.text('stop cars');
  expect(await rowCount(heard, 'conv.person where stopped')).toBe(0);
  expect((await phone.text('STOP PARK')).join()).toContain('no more texts');
  expect(await rowCount(heard, 'conv.person where stopped')).toBe(1);
});

test('the provider has answered STOP already: we act and stay silent', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone(NUMBER);
  await phone.text('PARK');
  await phone.receipt({ kind: 'handled-by-provider', command: 'stop' });
  expect(await phone.text('PARK')).toEqual([]);
  expect(await phone.receipt({ kind: 'handled-by-provider', command: 'start' })).toEqual({
    kind: 'silence',
  });
  expect((await phone.text('PARK')).length).toBe(2);
});
