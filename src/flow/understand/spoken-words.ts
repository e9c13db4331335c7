/**
 * Every word that the matching layers know, folded and gathered once for the languages of a flow:
 * the system's lists (numbers, yes, no) and the little words around answers. The language that the
 * person is using comes first; a word it knows is never read as another language's.
 */
import { fold } from '../fold.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { LITTLE_WORDS, type LittleWords } from './little-words.ts';

export interface SpokenWords {
  readonly numbers: ReadonlyMap<string, number>;
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
  readonly both: ReadonlySet<string>;
  readonly none: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly negations: ReadonlySet<string>;
  readonly or: ReadonlySet<string>;
  readonly and: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly outOf: ReadonlySet<string>;
  /** What begins a conversation: said once more at a question, it is no beginning of an option. */
  readonly go: ReadonlySet<string>;
}

/** `languages` in order of precedence: the person's own first. */
export function spokenWords(vocabulary: Vocabulary, languages: readonly string[]): SpokenWords {
  const known = withBase(languages);
  const gather = (list: string, own: keyof LittleWords): ReadonlySet<string> =>
    gathered(vocabulary, known, list, own);
  const { yes, no } = apart(
    (own) => gathered(vocabulary, own, 'yes_words', 'yes'),
    (own) => gathered(vocabulary, own, 'no_words', 'no'),
    known,
  );
  return {
    numbers: numberWords(vocabulary, known),
    yes,
    no,
    last: gather('last_words', 'last'),
    all: gather('all_words', 'all'),
    both: gather('both_words', 'both'),
    none: gather('none_words', 'none'),
    fillers: gather('filler_words', 'fillers'),
    negations: gather('not_words', 'negations'),
    or: gather('or_words', 'or'),
    and: gather('and_words', 'and'),
    units: gather('unit_words', 'units'),
    outOf: gather('out_of_words', 'outOf'),
    go: allFolded(known.flatMap((language) => vocabulary.commands.go?.[language] ?? [])),
  };
}

/** "en-easy" speaks "en" too, and "en" knows the words written for "en-easy". */
function withBase(languages: readonly string[]): readonly string[] {
  const known = new Set<string>();
  for (const language of languages) {
    known.add(language);
    known.add(language.split('-')[0] ?? language);
  }
  return [...known];
}

function gathered(
  vocabulary: Vocabulary,
  languages: readonly string[],
  list: string,
  own: keyof LittleWords,
): ReadonlySet<string> {
  return allFolded(
    languages.flatMap((language) => [
      ...(vocabulary.lists[list]?.[language] ?? []),
      ...(LITTLE_WORDS[language]?.[own] ?? []),
    ]),
  );
}

function allFolded(phrases: readonly string[]): ReadonlySet<string> {
  return new Set(phrases.map(fold).filter((text) => text !== ''));
}

/** What means yes in one language and no in another is what the earlier language says it is. */
function apart(
  yesIn: (languages: readonly string[]) => ReadonlySet<string>,
  noIn: (languages: readonly string[]) => ReadonlySet<string>,
  languages: readonly string[],
): { yes: Set<string>; no: Set<string> } {
  const yes = new Set<string>();
  const no = new Set<string>();
  for (const language of languages) {
    const newYes = yesIn([language]);
    const newNo = noIn([language]);
    for (const word of newYes) if (!newNo.has(word) && !no.has(word)) yes.add(word);
    for (const word of newNo) if (!newYes.has(word) && !yes.has(word)) no.add(word);
  }
  return { yes, no };
}

function numberWords(
  vocabulary: Vocabulary,
  languages: readonly string[],
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const language of languages) {
    for (const [word, value] of Object.entries(vocabulary.numbers[language] ?? {})) {
      const folded = fold(word);
      if (folded !== '' && !numbers.has(folded)) numbers.set(folded, value);
    }
  }
  return numbers;
}
