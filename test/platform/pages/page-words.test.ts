import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dayInWords, direction, languageTag } from '../../../src/platform/pages/page-language.ts';
import { parsePageWords } from '../../../src/platform/pages/page-words.ts';
import { pageWords, shippedSystemYaml } from '../../support/page-words.ts';

const shipped: {
  readonly languages: Readonly<Record<string, string>>;
  readonly pages: Readonly<Record<string, Readonly<Record<string, string>>>>;
} = parse(shippedSystemYaml);

test('every sentence of the pages is there in every language, with the same places', () => {
  const codes = Object.keys(shipped.languages).toSorted();
  for (const [name, texts] of Object.entries(shipped.pages)) {
    expect(Object.keys(texts).toSorted(), name).toEqual(codes);
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [code, text] of Object.entries(texts)) {
      expect(places(text), `${name} in ${code}`).toEqual(places(texts['en'] ?? ''));
    }
  }
});

test('every sentence that a template says is there, and none is left over', () => {
  const used = new Set<string>();
  for (const folder of ['adapters/web', 'src/public', 'src/platform/pages']) {
    for (const file of readdirSync(new URL(`../../../${folder}`, import.meta.url), {
      recursive: true,
      encoding: 'utf8',
    })) {
      if (!/\.(njk|ts)$/.test(file)) continue;
      const path = fileURLToPath(new URL(`../../../${folder}/${file}`, import.meta.url));
      const text = readFileSync(path, 'utf8');
      for (const [, name = ''] of text.matchAll(/(?:\bt|linked|say)\('([\w-]+)'/g)) used.add(name);
    }
  }
  // Put together from a level, a problem or a command.
  const made =
    /^(level_\w|(no_chat|unread|too_long|elsewhere|broken|not_found)_|check$|delete$|stop$)/;
  for (const name of used) {
    if (!name.endsWith('_')) expect(shipped.pages, name).toHaveProperty([name]);
  }
  for (const name of Object.keys(shipped.pages)) {
    if (!made.test(name)) expect(used, name).toContain(name);
  }
});

test('a language without words of its own borrows them: easy words from theirs, others English', () => {
  const words = parsePageWords(
    'languages: { en: English, cy: Cymraeg }\npages: { send: { en: Send, cy: Anfon }, back: { en: Back } }',
  );
  expect(words.in('cy-easy').say('send')).toBe('Anfon');
  expect(words.in('cy').say('back')).toBe('Back');
  expect(words.in('vi').code).toBe('en');
});

test('a hole in a page is a bug and throws', () => {
  expect(() => pageWords.in('en').say('no_such_sentence')).toThrow('no_such_sentence');
  expect(() => pageWords.in('en').say('hear_by')).toThrow('date');
});

test('codes become tags, directions and days', () => {
  expect(languageTag('en-easy')).toBe('en');
  expect(direction('ur')).toBe('rtl');
  expect(direction('pl')).toBe('ltr');
  expect(dayInWords('2027-01-28', 'en-easy')).toBe('28 January 2027');
  expect(dayInWords('2027-01-28', 'cy')).toBe('28 Ionawr 2027');
  expect(dayInWords('2027-01-28', 'pl')).toBe('28 stycznia 2027');
});
