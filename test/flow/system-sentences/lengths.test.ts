/** What the program's own sentences cost. The lengths are those of the agreed wording: they may shrink. */
import { describe, expect, it } from 'vitest';
import { smsEncoding, smsLength, smsParts } from '../../../src/flow/sms-parts.ts';
import { words } from '../../support/checked-flow.ts';
import { isTexted, sentences } from '../support/shipped-sentences.ts';

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

/** The helplines for a flow that people over and under nineteen answer: the longest there are. */
function anyAge(language: string): { helpline_short: string; helpline: string } {
  return {
    helpline_short: words.say('helpline_any', language),
    helpline: words.say('helpline_long_any', language),
  };
}
