/** What the program's own sentences promise in each mode, and what they must never say. */
import { describe, expect, it } from 'vitest';
import { words } from '../../support/checked-flow.ts';
import { sentences } from '../support/shipped-sentences.ts';

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
