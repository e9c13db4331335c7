/**
 * Loads the program's own sentences and word lists (flows/system.yaml). Sentences are split at
 * their places once, here, so that saying one is only joining. It must never fall silent: a
 * sentence that is missing in a language is a problem of the file, found at start.
 */
import { z } from 'zod';
import { LANGUAGE_CODE } from './document-text.ts';
import { inOrderOfPlace, type Problem } from './problem.ts';
import { COMMANDS } from './prompt.ts';
import { type Path, readYaml, type Source } from './read-yaml.ts';
import { schemaProblems } from './schema-problems.ts';
import type { Localised } from './values.ts';
import type { Phrases, Vocabulary } from './vocabulary.ts';
import type { Words } from './words.ts';

export type LoadedWords =
  | { readonly kind: 'loaded'; readonly words: Words; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const language = z.string().regex(LANGUAGE_CODE, 'A language is named by its code, such as en.');
const sentences = z.record(z.string(), z.record(language, z.string()));
const phrases = z.record(language, z.array(z.string().min(1)));

const systemFile = z
  .object({
    languages: z.record(language, z.string().min(1)),
    command_words: z.partialRecord(z.enum(COMMANDS), phrases),
    number_words: z.record(language, z.record(z.string().min(1), z.int())),
    sentences,
    /** What the web pages say: read by the pages themselves, kept to the same rules here. */
    pages: sentences.optional(),
  })
  .catchall(phrases);

type SystemFile = z.output<typeof systemFile>;

export function loadSystemWords(text: string, { file }: { readonly file: string }): LoadedWords {
  const read = readYaml(text, file);
  if (read.kind === 'refused') return read;
  const parsed = systemFile.safeParse(read.value);
  if (!parsed.success) {
    return { kind: 'refused', problems: schemaProblems(parsed.error, read.value, read.source) };
  }
  const problems = inOrderOfPlace([
    ...sentenceProblems('sentences', parsed.data, read.source),
    ...sentenceProblems('pages', parsed.data, read.source),
  ]);
  return problems.length > 0
    ? { kind: 'refused', problems }
    : { kind: 'loaded', words: wordsOf(parsed.data), problems };
}

/** Every sentence in every language, filled in the same places; easy words may leave some out. */
function sentenceProblems(
  block: 'sentences' | 'pages',
  system: SystemFile,
  source: Source,
): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (path: Path, message: string) => {
    const place = source.keyAt(path);
    problems.push({
      severity: 'error',
      file: source.file,
      ...place,
      path: path.join('.'),
      message,
    });
  };
  for (const [name, texts] of Object.entries(system[block] ?? {})) {
    const places = placesOf(texts.en ?? '');
    for (const code of new Set([...Object.keys(system.languages), ...Object.keys(texts)])) {
      const path = [block, name, code];
      const text = texts[code];
      if (system.languages[code] === undefined) {
        add(path, `"${code}" is not one of the languages above.`);
      } else if (text === undefined) {
        add(path, `The sentence "${name}" is missing in "${code}".`);
      } else {
        const own = placesOf(text);
        for (const place of own) {
          if (!places.has(place))
            add(path, `"${name}" has the place ${place} in "${code}" and not in "en".`);
        }
        for (const place of code.endsWith('-easy') ? [] : places) {
          if (!own.has(place)) add(path, `"${name}" has no place ${place} in "${code}".`);
        }
      }
    }
  }
  return problems;
}

function placesOf(text: string): ReadonlySet<string> {
  return new Set(text.match(PLACE));
}

const PLACE = /\{[a-z_]+\}/g;

/** Plain text and the names of places, turn by turn: it begins and ends with text. */
type Template = readonly string[];

function wordsOf(system: SystemFile): Words {
  const languages = Object.keys(system.languages);
  const templates = new Map<string, ReadonlyMap<string, Template>>();
  for (const [name, texts] of Object.entries(system.sentences)) {
    const byLanguage = new Map<string, Template>();
    for (const [code, text] of Object.entries(texts))
      byLanguage.set(code, text.split(/\{([a-z_]+)\}/));
    templates.set(name, byLanguage);
  }
  return {
    languages,
    say: (sentence, code, values) => {
      const texts = templates.get(sentence);
      const template =
        texts?.get(code) ?? texts?.get(fallback(code, languages)) ?? texts?.get('en');
      if (template === undefined) throw new Error(`There is no sentence "${sentence}"`);
      return filled(template, values);
    },
    has: (sentence) => templates.has(sentence),
    localised: (sentence) => {
      const texts = system.sentences[sentence];
      if (texts === undefined) throw new Error(`There is no sentence "${sentence}"`);
      return texts;
    },
    vocabulary: vocabularyOf(system),
  };
}

/** Easy words fall back to their own language first: cy-easy to cy. */
function fallback(code: string, languages: readonly string[]): string {
  const plain = code.slice(0, code.indexOf('-'));
  return languages.includes(plain) ? plain : 'en';
}

function filled(template: Template, values: Readonly<Record<string, string>> | undefined): string {
  let text = template[0] ?? '';
  for (let at = 1; at < template.length; at += 2) {
    const name = template[at] ?? '';
    text += (values?.[name] ?? `{${name}}`) + (template[at + 1] ?? '');
  }
  return text;
}

function vocabularyOf(system: SystemFile): Vocabulary {
  const { languages, command_words, number_words, sentences: _, pages: __, ...rest } = system;
  const lists: Record<string, Phrases> = rest;
  const languageNames: Localised = languages;
  return { languageNames, commands: command_words, lists, numbers: number_words };
}
