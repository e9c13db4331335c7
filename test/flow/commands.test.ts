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
  ['start', 'start'],
  ['ｓｋｉｐ', 'skip'],
  ['sk\u200Bip', 'skip'],
])('%j is %s', (text, command) => expect(recognise(text)).toBe(command));

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
])('%j is none', (text) => expect(recognise(text)).toBeUndefined());

test('words of languages that the flow does not speak do not count, but STOP always does', () => {
  const only = { languages: ['en'] };
  expect(recogniseCommand('pomoc', words.vocabulary, only)).toBeUndefined();
  expect(recogniseCommand('zatrzymaj', words.vocabulary, only)).toEqual({ command: 'stop' });
  expect(recogniseCommand('help', words.vocabulary, { languages: ['en-easy'] })).toEqual({
    command: 'help',
  });
});
