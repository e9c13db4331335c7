/**
 * The program's own sentences: what they promise, what they cost and what must never go missing
 * from them in any language. The lengths are those of the agreed wording: they may shrink.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formFor } from '../../src/flow/channel-form.ts';
import { recogniseCommand } from '../../src/flow/commands.ts';
import { fold } from '../../src/flow/fold.ts';
import type { Command } from '../../src/flow/prompt.ts';
import { smsEncoding, smsLength, smsParts } from '../../src/flow/sms-parts.ts';
import { loadSystemWords } from '../../src/flow/system-words.ts';

const file = 'flows/system.yaml';
const loaded = loadSystemWords(readFileSync(file, 'utf8'), { file });
if (loaded.kind === 'refused')
  throw new Error(loaded.problems.map((one) => one.message).join('\n'));
const { words } = loaded;
const sentences = sentenceNames();

const park = {
  organisation: 'Bury Council',
  asks: '£40,000 for Chesham park: help pick what we build first.',
  cannot_change: "We can't change the amount.",
  decides: 'Cllr Green decides 14 Jan.',
  feedback_by: '28 Jan',
  delete_by: 'Thu 5 Nov',
  helpline_short: 'Childline 0800 1111',
  helpline: 'Childline 0800 1111 or text SHOUT to 85258',
  chat_url: 'bury.example/chat/park',
  cooling_days: '3',
  name: 'Chesham park',
  closed_on: '30 Nov',
  answer: 'Skate ramp',
  options: '1 Skate ramp or 2 Path lights',
  numbers: '1 or 2',
};
const easyPark = {
  ...park,
  asks: 'We have £40,000 for Chesham park. Help us pick what to build.',
  cannot_change: "We can't get more.",
  decides: 'Cllr Green picks on 14 Jan.',
  delete_by: '5 Nov',
  helpline_short: '0800 1111',
  helpline: '0800 1111',
  options: '1 Skate ramp or 2 Lights',
};

describe('the agreed lengths', () => {
  it.each([
    ['introduction_who', 160, 157],
    ['introduction_private_sealed introduction_hint', 159, 154],
    ['more', 158, 117],
    ['nearly nearly_hint', 64, 50],
    ['got_it got_it_hint', 43, 40],
    ['done', 155, 110],
    ['check_waiting', 119, 79],
    ['rating_question', 44, 52],
    ['stopped', 139, 135],
    ['help', 145, 105],
    ['disclosure', 146, 129],
    ['disclosure_sealed disclosure_go_on', 123, 128],
  ])('%s: at most %i characters, in easy words %i', (names, standard, easy) => {
    const said = (language: string, values: Record<string, string>) =>
      names
        .split(' ')
        .map((name) => words.say(name, language, values))
        .join(' ');
    const lengths = [smsLength(said('en', park)), smsLength(said('en-easy', easyPark))];
    expect(lengths[0]).toBeLessThanOrEqual(standard);
    expect(lengths[1]).toBeLessThanOrEqual(easy);
    expect(said('en', park)).not.toMatch(/[{}]/);
    expect(said('en-easy', easyPark)).not.toMatch(/[{}]/);
  });

  it('English fits one part in the plain alphabet, whatever is said', () => {
    const more = {
      source: 'your school',
      keyword: 'PARK',
      keywords: 'PARK or MYM',
      names: 'Chesham park',
      page_url: 'bury.example/said-and-done',
      told: 'News.',
      channel: 'Discord',
      channels: 'Discord and Teams',
      code: 'C7QM 4RTX',
      low: 'not safe',
      high: 'very safe',
    };
    for (const [language, values] of [
      ['en', { ...park, ...more }],
      ['en-easy', { ...easyPark, ...more }],
      ['en', { ...park, ...more, ...anyAge('en') }],
      ['en-easy', { ...easyPark, ...more, ...anyAge('en-easy') }],
    ] as const) {
      for (const name of sentences.filter(isTexted)) {
        const text = words.say(name, language, values);
        expect([name, language, smsEncoding(text)]).toEqual([name, language, 'GSM-7']);
        expect([name, language, smsParts(text)]).toEqual([name, language, 1]);
      }
    }
  });

  it('no text message in another language takes more than three parts', () => {
    for (const language of ['cy', 'pl', 'ur']) {
      const values = {
        ...park,
        asks: 'Park Chesham, £40 000: co zbudować najpierw?',
        decides: 'Cllr Green decyduje 14 sty.',
        helpline: words.say('helpline_long_under_19', language),
      };
      for (const name of sentences.filter(isTexted)) {
        const parts = smsParts(words.say(name, language, values));
        expect([name, language, parts <= 3]).toEqual([name, language, true]);
      }
    }
  });
});

describe('help', () => {
  const HELP_NUMBERS = ['999', '0800 1111', '116 123', '85258'];

  it('every number of a helpline stands whole in every language', () => {
    for (const name of sentences) {
      const inEnglish = HELP_NUMBERS.filter((number) => words.say(name, 'en').includes(number));
      for (const language of words.languages) {
        const text = words.say(name, language);
        for (const number of inEnglish) {
          if (name.startsWith('helpline_') && language === 'en-easy') continue;
          expect([name, language, text.includes(number)]).toEqual([name, language, true]);
        }
      }
    }
  });

  it.each([
    ['under_19', '0800 1111'],
    ['19_plus', '116 123'],
  ])('helpline_%s is %s in every language', (group, number) => {
    for (const language of words.languages) {
      expect(words.say(`helpline_${group}`, language)).toContain(number);
      expect(words.say(`helpline_long_${group}`, language)).toContain(number);
    }
  });

  it('who may be of any age is never sent to a line for the under-19s alone', () => {
    for (const language of words.languages) {
      expect(words.say('helpline_any', language)).not.toContain('0800 1111');
      expect(words.say('helpline_long_any', language)).toMatch(/85258|116 123/);
    }
  });

  it.each([
    'stopped',
    'help',
    'help_web',
    'help_chat',
    'help_idle',
    'help_idle_chat',
    'help_idle_discord',
    'stopped_chat',
    'stopped_discord',
    'stopped_linked',
    'stopped_linked_chat',
    'stopped_linked_discord',
    'disclosure',
    'disclosure_chat',
    'introduction_private_sealed',
  ])('%s names a helpline in every language', (name) => {
    for (const language of words.languages) {
      expect(words.say(name, language)).toMatch(/\{helpline(_short)?\}/);
    }
  });

  it('Urdu: a number with a space in it stands right behind its Latin name', () => {
    // Otherwise the text's direction shows its two halves the wrong way round.
    for (const name of sentences) {
      for (const [at] of indexesOf(words.say(name, 'ur'), /0800 1111|116 123/g)) {
        expect(words.say(name, 'ur').slice(0, at)).toMatch(/[A-Za-z] $/);
      }
    }
  });
});

describe('promises', () => {
  it('never says "anonymous"', () => {
    for (const name of sentences) {
      for (const language of words.languages) {
        expect(words.say(name, language)).not.toMatch(/anonym|anonim|dienw|گمنام/i);
      }
    }
  });

  it('a flow without a lead mentions none', () => {
    for (const name of ['introduction_private_signposts', 'disclosure_signposts']) {
      for (const language of ['en', 'en-easy']) {
        expect(words.say(name, language)).not.toMatch(/safety (lead|person)|contact you|\bME\b/);
      }
    }
  });

  it('in opt-in mode somebody is contacted only who asks for it', () => {
    for (const name of ['introduction_private_opt_in', 'disclosure_opt_in']) {
      expect(words.say(name, 'en')).toMatch(/Text ME\b/);
      expect(words.say(name, 'en')).not.toMatch(/will be told|may contact/);
    }
  });

  it('on a web page, which nobody can be reached through, no contact is promised', () => {
    for (const mode of ['sealed', 'opt_in', 'signposts']) {
      for (const start of ['introduction_private', 'disclosure']) {
        const name = `${start}_${mode}`;
        const text = words.say(words.has(`${name}_web`) ? `${name}_web` : name, 'en');
        expect(text).not.toMatch(/contact you|Text ME/);
      }
    }
  });

  it('says in every mode that nobody reads live, before the first question', () => {
    for (const mode of ['sealed', 'opt_in', 'signposts']) {
      expect(words.say(`introduction_private_${mode}`, 'en')).toContain('Nobody reads live');
    }
  });
});

describe('on a page', () => {
  it('nothing speaks of texting: what is said there by text has a form of its own', () => {
    const neverThere =
      /_(chat|discord|teams)$|^(invitation|reminder|follow_|rating_|hint_|nearly_hint|got_it_hint|introduction_hint|label_|helpline_|channel_|me_thanks|link|stopped_|chat_)/;
    for (const name of sentences.filter((one) => !neverThere.test(one))) {
      const form = formFor(words, 'web', name);
      for (const language of ['en', 'en-easy'] as const) {
        const text = words.say(form, language).replaceAll('text SHOUT to 85258', '');
        expect([form, language, text]).toEqual([
          form,
          language,
          expect.not.stringMatching(/\b(texts?|texting|phone|sms)\b/i),
        ]);
      }
    }
  });
});

describe('where people use an app', () => {
  const inApps = sentences.filter((one) => /_(chat|discord|teams)$/.test(one));
  /** A helpline that is texted, and a question about a number, are what they say. */
  const SHOUT = /text SHOUT to 85258|tecstia SHOUT i 85258|SMS SHOUT na 85258/g;
  const PHONE_WORDS = {
    en: /\b(text|texts|texted|texting|phone|number|sms)\b/i,
    'en-easy': /\b(text|texts|texted|texting|phone|number|sms)\b/i,
    cy: /\b(tecst\p{L}*|dy decstio|ffôn|rhif)\b/iu,
    pl: /\b(sms\p{L}*|telefon\p{L}*|numer\p{L}*)/iu,
    ur: /ٹیکسٹ|فون|نمبر/,
  };

  it('nothing speaks of texting, of a phone or of a number', () => {
    expect(inApps.length).toBeGreaterThan(30);
    for (const name of inApps) {
      for (const [language, phoneWords] of Object.entries(PHONE_WORDS)) {
        const text = words.say(name, language).replaceAll(SHOUT, '');
        expect([name, language, text]).toEqual([
          name,
          language,
          expect.not.stringMatching(phoneWords),
        ]);
      }
    }
  });

  it('whatever a text message says about texting has a form for apps', () => {
    const onlyTexted =
      /^(invitation|follow_|hint_|nearly_hint|got_it_hint|introduction_hint|label_|helpline_|channel_)/;
    const bases = sentences.filter((one) => isTexted(one) && !onlyTexted.test(one));
    for (const name of bases) {
      for (const channel of ['discord', 'teams'] as const) {
        const form = formFor(words, channel, name);
        for (const language of ['en', 'en-easy'] as const) {
          const text = words.say(form, language).replaceAll(SHOUT, '');
          const wrong = /\b(text|texts|texting|phone|sms)\b/i;
          expect([form, language, text]).toEqual([
            form,
            language,
            expect.not.stringMatching(wrong),
          ]);
        }
      }
    }
  });

  it('fits what an app shows in one message, with room for a question', () => {
    for (const name of inApps) {
      for (const language of words.languages)
        expect([name, words.say(name, language).length < 500]).toEqual([name, true]);
    }
  });

  it('a slash command is named on Discord only', () => {
    for (const name of sentences.filter((one) => !/discord/.test(one))) {
      expect([name, words.say(name, 'en')]).toEqual([
        name,
        expect.not.stringMatching(/(^|\s)\/[a-z]/),
      ]);
    }
  });

  it('the nearest form is said: the app itself, then apps, then the plain one', () => {
    expect(formFor(words, 'discord', 'done')).toBe('done_discord');
    expect(formFor(words, 'teams', 'done')).toBe('done_chat');
    expect(formFor(words, 'web', 'done')).toBe('done_web');
    expect(formFor(words, 'sms', 'done')).toBe('done');
    expect(formFor(words, 'teams', 'got_it')).toBe('got_it');
  });
});

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

/** The helplines for a flow that people over and under nineteen answer: the longest there are. */
function anyAge(language: string): { helpline_short: string; helpline: string } {
  return {
    helpline_short: words.say('helpline_any', language),
    helpline: words.say('helpline_long_any', language),
  };
}

/** Sent as a text message, so that every letter counts. */
function isTexted(name: string): boolean {
  return !/_(web|chat|discord|teams|note)$/.test(name) && !/^(discord|teams|chat)_/.test(name);
}

function sentenceNames(): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const block = text.slice(text.indexOf('\nsentences:'), text.indexOf('\npages:'));
  return [...block.matchAll(/^ {2}([a-z0-9_]+):$/gm)].flatMap((match) => match[1] ?? []);
}

function indexesOf(text: string, pattern: RegExp): readonly (readonly [number, string])[] {
  return [...text.matchAll(pattern)].map((match) => [match.index, match[0]] as const);
}
