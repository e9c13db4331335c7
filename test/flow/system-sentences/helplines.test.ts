/** The numbers of people who help: whole in every language, and for the right age. */
import { describe, expect, it } from 'vitest';
import { words } from '../../support/checked-flow.ts';
import { sentences } from '../support/shipped-sentences.ts';

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

function indexesOf(text: string, pattern: RegExp): readonly (readonly [number, string])[] {
  return [...text.matchAll(pattern)].map((match) => [match.index, match[0]] as const);
}
