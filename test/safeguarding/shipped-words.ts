/**
 * The words of the flows and of the program itself: nobody who says one of them tells of harm. They
 * also show how the other languages look when they speak of everyday things.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const folder = new URL('../../flows/', import.meta.url);

function documentOf(name: string): Readonly<Record<string, unknown>> {
  return parse(readFileSync(new URL(name, folder), 'utf8'));
}

const { sentences, pages, ...wordLists } = documentOf('system.yaml');

/** Command words, words for yes and no, and everything that the shipped flows say and expect. */
export const shippedAnswers: readonly string[] = [
  ...stringsIn(wordLists),
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.flow.yaml'))
    .flatMap((name) => stringsIn(documentOf(name))),
];

/** What the program says in other languages, without what it says about harm itself. */
export const sentencesInOtherLanguages: readonly string[] = [sentences, pages].flatMap((part) =>
  Object.entries(part ?? {})
    .filter(([name]) => !/^(disclosure|help|introduction_private|me_)/.test(name))
    .flatMap(([, texts]) => ['cy', 'pl', 'ur'].flatMap((language) => stringsIn(texts[language]))),
);

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(stringsIn);
  return [];
}
