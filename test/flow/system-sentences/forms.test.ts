/** Nothing speaks of texting where nobody texts: a page and the apps have forms of their own. */
import { describe, expect, it } from 'vitest';
import { formFor } from '../../../src/flow/channel-form.ts';
import { words } from '../../support/checked-flow.ts';
import { isTexted, sentences } from '../support/shipped-sentences.ts';

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
