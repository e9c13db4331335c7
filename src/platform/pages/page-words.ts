/**
 * The sentences of the web pages themselves (labels, headings, errors), from the `pages` block of
 * flows/system.yaml. They are looked up by name and filled with values; a name or a value that is
 * missing is a bug of ours and throws, so that no page is ever shown with a hole in it.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { type Direction, direction, languageTag } from './page-language.ts';

export interface PageWords {
  readonly languages: readonly LanguageChoice[];
  /** The words in that language, or in the nearest one that there is: its plain form, then English. */
  readonly in: (code?: string) => PageLanguage;
}

export interface LanguageChoice {
  readonly code: string;
  readonly name: string;
  readonly dir: Direction;
}

export interface PageLanguage extends LanguageChoice {
  /** For the `lang` attribute. */
  readonly tag: string;
  readonly say: (name: string, values?: Readonly<Record<string, string | number>>) => string;
}

const FALLBACK = 'en';

const Document = z.looseObject({
  languages: z.record(z.string(), z.string()),
  pages: z.record(z.string(), z.record(z.string(), z.string())),
});

export function parsePageWords(systemYaml: string): PageWords {
  const { languages, pages } = Document.parse(parse(systemYaml));
  const choices = Object.entries(languages).map(([code, name]) => ({
    code,
    name,
    dir: direction(code),
  }));
  const byCode = new Map(choices.map((choice) => [choice.code, inLanguage(choice, pages)]));
  const fallback = byCode.get(FALLBACK);
  if (fallback === undefined) throw new Error(`The page words have no language ${FALLBACK}`);
  return {
    languages: choices,
    in: (code = FALLBACK) => byCode.get(code) ?? byCode.get(languageTag(code)) ?? fallback,
  };
}

type Sentences = Readonly<Record<string, Readonly<Record<string, string>>>>;

function inLanguage(choice: LanguageChoice, pages: Sentences): PageLanguage {
  return {
    ...choice,
    tag: languageTag(choice.code),
    say: (name, values = {}) => {
      const texts = pages[name];
      const text = texts?.[choice.code] ?? texts?.[languageTag(choice.code)] ?? texts?.[FALLBACK];
      if (text === undefined) throw new Error(`No page sentence is called ${name}`);
      return fill(text, values, name);
    },
  };
}

function fill(text: string, values: Readonly<Record<string, string | number>>, name: string) {
  return text.replaceAll(/\{(\w+)\}/g, (_, place: string) => {
    const value = values[place];
    if (value === undefined) throw new Error(`The page sentence ${name} needs {${place}}`);
    return String(value);
  });
}
