/** Messages that are a command, and answers that only look like one; how people stop is apart. */
import { expect, test } from 'vitest';
import { recogniseCommand } from '../../src/flow/commands.ts';
import { words } from '../support/checked-flow.ts';
import { recognise } from './support/recognise.ts';

test.each([
  ['go', 'go'],
  ['GO!', 'go'],
  ["let's go", 'go'],
  ['dechrau', 'go'],
  ['Help', 'help'],
  ['HELP!!', 'help'],
  ['pomoc', 'help'],
  ['مدد', 'help'],
  ['more', 'more'],
  ['skip', 'skip'],
  ['Skip please', 'skip'],
  ['skip this one', 'skip'],
  ['pomiń', 'skip'],
  ['pomin', 'skip'],
  ['back', 'back'],
  ['go back', 'back'],
  ['pls go back', 'back'],
  ['again', 'again'],
  ['easy', 'easy'],
  ['finish', 'finish'],
  ['delete', 'delete'],
  ['withdraw', 'delete'],
  ['check', 'check'],
  ['CHECK.', 'check'],
  ['me', 'me'],
  ['wrong number', 'wrong-number'],
  ['who is this?', 'who-is-this'],
  ["Who's this", 'who-is-this'],
  ['help 😭', 'help'],
  ['skip 👍', 'skip'],
  ['skip lol', 'skip'],
  ['start', 'start'],
  ['ｓｋｉｐ', 'skip'],
  ['sk\u200Bip', 'skip'],
])('%j is %s', (text, command) => expect(recognise(text)).toBe(command));

const WRONG_NUMBERS = `
sorry wrong number
wrong number mate
hi wrong number
wrong number 😂
i think you have the wrong number
u have the wrong number
you got the wrong number
you've got the wrong person
this is the wrong number
no sorry wrong number
wrong number. who is this?
zły numer przepraszam
macie zły numer
mae gyda chi y rhif anghywir
یہ غلط نمبر ہے
galat number hai
`;

const STRANGERS = `
hi who is this
sorry who is this
who is this 😂
who is this please
new phone who dis
whos dis
who r you
who is texting me
who sent this
how did u get my number
is this a scam
kto to pisze
pwy sy'n tecstio
آپ کون ہیں
yeh kaun hai
`;

const lines = (block: string): string[] => block.split('\n').filter((line) => line !== '');

test.each(lines(WRONG_NUMBERS))('%j says that it is the wrong number', (text) => {
  expect(recogniseCommand(text, words.vocabulary)).toEqual({ command: 'wrong-number' });
});

test.each(lines(STRANGERS))('%j asks who we are', (text) => {
  expect(recognise(text)).toBe('who-is-this');
});

test.each([
  ['english', 'en'],
  ['Polski', 'pl'],
  ['in Polish', 'pl'],
  ['cymraeg', 'cy'],
  ['welsh please', 'cy'],
  ['اردو', 'ur'],
  ['urdu', 'ur'],
])('%j names a language', (text, language) => {
  expect(recogniseCommand(text, words.vocabulary)).toEqual({ command: 'language', language });
});

test.each([
  'help the homeless',
  'more bins',
  'skip the queue',
  'back garden',
  'check the lights',
  'delete instagram',
  'start a club',
  'easy to get to',
  'me and my mates',
  'english lessons',
  'i would go again',
  '',
  '!!',
  '2',
  'the finish line',
  'polish the floor',
  'the wrong number of bins',
  'who is in charge',
  'who is paying',
  "i'm not sam",
  'no parks here',
  'is this park free',
  '😀',
])('%j is none', (text) => expect(recognise(text)).toBeUndefined());

test('words of languages that the flow does not speak do not count, but STOP always does', () => {
  const only = { languages: ['en'] };
  expect(recogniseCommand('pomoc', words.vocabulary, only)).toBeUndefined();
  expect(recogniseCommand('zatrzymaj', words.vocabulary, only)).toEqual({ command: 'stop' });
  expect(recogniseCommand('help', words.vocabulary, { languages: ['en-easy'] })).toEqual({
    command: 'help',
  });
});

test('what may be a wrong number and may be an answer says so', () => {
  for (const text of ['not my phone', "this isn't my phone", 'this is a new number']) {
    expect(recogniseCommand(text, words.vocabulary)).toEqual({
      command: 'wrong-number',
      orAnswer: true,
    });
  }
});
