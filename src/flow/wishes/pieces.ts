/**
 * A small grammar of short messages: phrases that ask for something, and phrases that may stand
 * beside them. A message is read once, word by word, without going back, so its time grows with its
 * length and nothing else.
 *
 *   take me|us off (the|your) list
 *
 * `a|b` is one of them, `(...)` may be missing, `{name}` is a word of that class.
 */
import { fold } from '../fold.ts';

export type WordClasses = Readonly<Record<string, string>>;

/** A sentence ends here: no phrase goes across it. */
export const CLAUSE_END = '.';

export interface Pieces<Kind> {
  /** Where the phrases that begin at this word end, and of which kind each is. */
  readonly from: (words: readonly string[], at: number, found: Found<Kind>) => void;
  readonly vocabulary: ReadonlySet<string>;
}

export type Found<Kind> = (end: number, kind: Kind) => void;

export interface Phrase<Kind> {
  readonly kind: Kind;
  readonly source: string;
}

interface Step<Kind> {
  readonly next: Map<string, Step<Kind>>;
  readonly kinds: Set<Kind>;
}

export function compilePieces<Kind>(
  phrases: readonly Phrase<Kind>[],
  classes: WordClasses,
): Pieces<Kind> {
  const signs = new Map<string, string[]>();
  for (const [name, words] of Object.entries(classes)) {
    for (const word of words.split(/\s+/)) addTo(signs, fold(word), `{${name}}`);
  }
  const root = newStep<Kind>();
  const literal = (word: string) => {
    const folded = fold(word);
    if (!signs.get(folded)?.includes(folded)) addTo(signs, folded, folded);
    return folded;
  };
  for (const { kind, source } of phrases) {
    for (const items of readPhrase(source)) {
      let steps = [root];
      for (const item of items) {
        const signsOf = item.map((one) => {
          if (!one.startsWith('{')) return literal(one);
          classOf(one, classes);
          return one;
        });
        steps = steps.flatMap((step) => signsOf.map((sign) => nextOf(step, sign)));
      }
      for (const step of steps) step.kinds.add(kind);
    }
  }
  return {
    vocabulary: new Set(signs.keys()),
    from: (words, at, found) => walk(root, signs, words, at, found),
  };
}

function walk<Kind>(
  step: Step<Kind>,
  signs: ReadonlyMap<string, readonly string[]>,
  words: readonly string[],
  at: number,
  found: Found<Kind>,
): void {
  for (const sign of signs.get(words[at] ?? CLAUSE_END) ?? []) {
    const next = step.next.get(sign);
    if (next === undefined) continue;
    for (const kind of next.kinds) found(at + 1, kind);
    walk(next, signs, words, at + 1, found);
  }
}

/** Every way to say the phrase: each a row of places, each place one of several words or a class. */
function readPhrase(source: string): readonly (readonly (readonly string[])[])[] {
  let ways: string[][][] = [[]];
  for (const [item] of source.matchAll(/\([^)]*\)|[^\s()]+/g)) {
    if (!item.startsWith('(')) ways = ways.map((way) => [...way, item.split('|')]);
    else {
      const inside = item
        .slice(1, -1)
        .split(' ')
        .map((one) => one.split('|'));
      ways = ways.flatMap((way) => [way, [...way, ...inside]]);
    }
  }
  return ways;
}

/** Of each way to say the phrase, the first words that are not in everybody's mouth. */
export function keysOf(source: string, classes: WordClasses): readonly string[] {
  return readPhrase(source).flatMap((way) => {
    const places = way.map((place) =>
      place.flatMap((one) => (one.startsWith('{') ? classOf(one, classes).split(/\s+/) : [one])),
    );
    const key = places.find((words) => !words.some((word) => COMMON.has(word)));
    if (key === undefined) throw new TypeError(`A phrase of common words only: ${source}`);
    return key.map(fold);
  });
}

const COMMON: ReadonlySet<string> = new Set(
  'i you me us my our a the this that these those it is are have got to of from here in on do did dont not no need want would can could may be get take go more any all new how why like we your'.split(
    ' ',
  ),
);

function classOf(sign: string, classes: WordClasses): string {
  const words = classes[sign.slice(1, -1)];
  if (words === undefined) throw new TypeError(`No such class of words: ${sign}`);
  return words;
}

function nextOf<Kind>(step: Step<Kind>, sign: string): Step<Kind> {
  let next = step.next.get(sign);
  if (next === undefined) step.next.set(sign, (next = newStep()));
  return next;
}

function newStep<Kind>(): Step<Kind> {
  return { next: new Map(), kinds: new Set() };
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
