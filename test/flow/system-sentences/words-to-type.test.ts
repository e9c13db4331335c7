/** What a sentence tells people to type is understood, and STOP is never missed or mistaken. */
import { describe, expect, it } from 'vitest';
import { recogniseCommand } from '../../../src/flow/commands.ts';
import { fold } from '../../../src/flow/fold.ts';
import type { Command } from '../../../src/flow/prompt.ts';
import { words } from '../../support/checked-flow.ts';
import { sentences } from '../support/shipped-sentences.ts';

describe('words to type', () => {
  /** What the sentences name in capitals, or between quotation marks in Urdu. */
  const meanings: Readonly<Record<string, Command | 'yes' | 'no'>> = {
    GO: 'go',
    DECHRAU: 'go',
    DALEJ: 'go',
    شروع: 'go',
    START: 'start',
    STOP: 'stop',
    MORE: 'more',
    MWY: 'more',
    WIĘCEJ: 'more',
    مزید: 'more',
    HELP: 'help',
    POMOC: 'help',
    مدد: 'help',
    SKIP: 'skip',
    NESAF: 'skip',
    POMIŃ: 'skip',
    چھوڑیں: 'skip',
    BACK: 'back',
    BLAENOROL: 'back',
    WSTECZ: 'back',
    واپس: 'back',
    AGAIN: 'again',
    ETO: 'again',
    POWTÓRZ: 'again',
    دوبارہ: 'again',
    EASY: 'easy',
    HAWDD: 'easy',
    ŁATWO: 'easy',
    آسان: 'easy',
    FINISH: 'finish',
    GORFFEN: 'finish',
    ZAKOŃCZ: 'finish',
    ختم: 'finish',
    DELETE: 'delete',
    DILEU: 'delete',
    USUŃ: 'delete',
    حذف: 'delete',
    CHECK: 'check',
    GWIRIO: 'check',
    SPRAWDŹ: 'check',
    خبر: 'check',
    LINK: 'link',
    DOLEN: 'link',
    POŁĄCZ: 'link',
    UNLINK: 'unlink',
    DATGYSYLLTU: 'unlink',
    ROZŁĄCZ: 'unlink',
    ہاں: 'go',
    ME: 'me',
    FI: 'me',
    JA: 'me',
    YES: 'yes',
    NO: 'no',
    IE: 'yes',
    NA: 'no',
    TAK: 'yes',
    NIE: 'no',
  };
  const NO_WORD_TO_TYPE = new Set(['SHOUT', 'SMS', 'UK', 'IT', 'TG', 'OK']);

  it('every word that a sentence tells people to type is understood in that language', () => {
    for (const language of words.languages) {
      for (const name of sentences) {
        const text = words.say(name, language);
        const named = [
          ...(text.match(/(?<![\p{L}{_])\p{Lu}{2,}(?![\p{L}}_])/gu) ?? []),
          ...(language === 'ur'
            ? [...text.matchAll(/'([^']+)'/g)].flatMap((match) => match[1] ?? [])
            : []),
        ];
        for (const word of named.filter((one) => !NO_WORD_TO_TYPE.has(one))) {
          const meaning = meanings[word];
          expect([name, language, word, meaning]).not.toContain(undefined);
          if (meaning === 'yes' || meaning === 'no') continue;
          const found = recogniseCommand(word, words.vocabulary, { languages: [language] });
          expect([word, language, found?.command]).toEqual([word, language, meaning]);
        }
      }
    }
  });

  it('no word means two commands', () => {
    const owners = new Map<string, string>();
    for (const [command, byLanguage] of Object.entries(words.vocabulary.commands)) {
      for (const [language, phrases] of Object.entries(byLanguage ?? {})) {
        for (const phrase of phrases) {
          const meaning = command === 'language' ? `language ${language}` : command;
          const word = fold(phrase);
          expect([word, owners.get(word) ?? meaning]).toEqual([word, meaning]);
          owners.set(word, meaning);
        }
      }
    }
  });

  it.each([
    'stop',
    'STOP!',
    'Stop.',
    's.t.o.p',
    'unsubscribe',
    'pls stop texting me',
    'Please stop',
    'no more texts',
    'stopio',
    'arrêt',
    'zatrzymaj',
    'przestań',
    'bas karo',
    'بند کرو',
    '🛑',
    'don’t text me',
    'stop all',
    'STOPALL',
    'stop everywhere',
    'STOP POPETH',
    'stop wszystko',
    'ЅТОР ALL',
  ])('%s is STOP', (text) => {
    expect(recogniseCommand(text, words.vocabulary)?.command).toBe('stop');
  });

  it.each([
    'they should stop the buses',
    'bus',
    'بس',
    'buses',
    'paid work',
    'news',
    'more lights',
    'Help the homeless',
    'nothing',
    "don't know",
    'later',
    'free',
    'skate',
    'easy access',
    'back gate',
    'me and my mates',
  ])('%s is not STOP', (text) => {
    expect(recogniseCommand(text, words.vocabulary)?.command).not.toBe('stop');
  });
});
