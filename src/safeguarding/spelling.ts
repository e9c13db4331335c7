/**
 * Brings what people write closer to the words that the rules know: letters spelled out one by
 * one, figures and signs for letters, stars over letters, letters held down, words run together,
 * one slip of the finger. Only words that no rule knows are touched.
 */
import { SENTENCE_END } from './fold.ts';
import { knownWithASlip, ordinaryWords } from './phrases/misspelt.ts';
import { respell, respellings } from './phrases/respellings.ts';

export type Respeller = (words: readonly string[]) => readonly string[];

export function compileSpelling(vocabulary: readonly string[]): Respeller {
  const meanings = new Map(vocabulary.map((word) => [word, respell(word)]));
  for (const word of respellings()) meanings.set(word, respell(word));
  const known = (word: string) => meanings.has(word);
  const latin = vocabulary.filter((word) => /^[a-z]+$/.test(word));
  const heldDown = indexOfHeldDown(latin);
  const slips = indexOfSlips(knownWithASlip.filter((word) => word.length >= SHORTEST_WITH_SLIPS));

  const repair = (word: string): readonly string[] => {
    if (ordinaryWords.has(word) || word.length > LONGEST_REPAIRED) return [word];
    if (hasMask(word)) {
      const meant = latin.find((candidate) => fitsMask(word, candidate));
      return meant === undefined
        ? word
            .split(MASKS)
            .filter((part) => part !== '')
            .flatMap(respell)
        : respell(meant);
    }
    for (const plain of withoutFigures(word)) {
      if (known(plain)) return respell(plain);
      const meant = heldDown(plain);
      if (meant !== undefined) return respell(meant);
    }
    if (word.length >= SHORTEST_WITH_SLIPS - 1) {
      const meant = slips.nearest(word);
      if (meant !== undefined) return respell(meant);
    }
    if (word.length >= SHORTEST_RUN_TOGETHER) {
      const parts = splitRunTogether(word, known);
      if (parts?.some((part) => TELLING.has(part))) return parts.flatMap(respell);
    }
    return [word];
  };

  return (words) => {
    const joined = joinSpelledOut(
      words,
      (word) => known(word) || splitRunTogether(word, known) !== undefined,
    );
    const spelled: string[] = [];
    for (const word of joined) {
      const meant = meanings.get(word) ?? (word === SENTENCE_END ? [word] : repair(word));
      if (meant.length === 1) spelled.push(meant[0] ?? word);
      else spelled.push(...meant);
    }
    return spelled;
  };
}

const SHORTEST_WITH_SLIPS = 6;
const SHORTEST_RUN_TOGETHER = 6;
const LONGEST_REPAIRED = 40;

/** Words run together are split only where one of these comes out. */
const TELLING = new Set(
  'kill die dead hurt harm harming cut help scared suicide myself raped touch hits alone want safe'.split(
    ' ',
  ),
);
const SHORT_PARTS = new Set('i me my to in do up no he at of is im it be so am'.split(' '));

/** "k i l l" becomes "kill" where the letters make words that are known. */
function joinSpelledOut(
  words: readonly string[],
  makesWords: (word: string) => boolean,
): readonly string[] {
  if (
    !words.some((word, at) => isLetter(word) && isLetter(words[at + 1]) && isLetter(words[at + 2]))
  ) {
    return words;
  }
  const joined: string[] = [];
  for (let at = 0; at < words.length; ) {
    let end = at;
    while (end < words.length && isLetter(words[end])) end++;
    const run = words.slice(at, end);
    if (run.length >= 3) {
      const word = withoutFigures(run.join('')).find(makesWords);
      if (word === undefined) joined.push(...run);
      else joined.push(word);
      at = end;
    } else {
      joined.push(words[at] ?? '');
      at++;
    }
  }
  return joined;
}

function isLetter(word: string | undefined): boolean {
  return word !== undefined && word.length === 1 && word !== SENTENCE_END;
}

const MASKS = /[*#|!]/u;

function hasMask(word: string): boolean {
  return MASKS.test(word);
}

/** A star stands for one letter, or for a few: "su*cide", "r**ed", "su**de". */
function fitsMask(masked: string, word: string): boolean {
  const first = masked.search(MASKS);
  let last = masked.length - 1;
  while (last > first && !MASKS.test(masked.charAt(last))) last--;
  const head = masked.slice(0, first);
  const tail = masked.slice(last + 1);
  const hidden = word.length - head.length - tail.length;
  const stars = last - first + 1;
  return (
    word.length >= 4 &&
    hidden >= stars &&
    hidden <= stars + 1 &&
    word.startsWith(head) &&
    word.endsWith(tail)
  );
}

const FIGURES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
};

/** The word itself, then with figures read as letters, 1 being i or l. */
function withoutFigures(word: string): readonly string[] {
  if (!/[0-9@$]/.test(word) || !/[a-z]/.test(word)) return [word];
  const read = (one: string) =>
    [...word].map((sign) => (sign === '1' ? one : (FIGURES[sign] ?? sign))).join('');
  return [word, read('i'), read('l')];
}

/** "killlll" is "kill", "meeee" is "me": a letter three times or more was held down. */
function indexOfHeldDown(words: readonly string[]): (word: string) => string | undefined {
  const bySqueezed = new Map<string, string[]>();
  for (const word of words) {
    const short = squeeze(word);
    bySqueezed.set(short, [...(bySqueezed.get(short) ?? []), word]);
  }
  return (word) => {
    if (!hasThreeAlike(word)) return undefined;
    const held = runs(word);
    return bySqueezed
      .get(squeeze(word))
      ?.find((meant) => runs(meant).every((length, at) => length <= (held[at] ?? 0)));
  };
}

function hasThreeAlike(word: string): boolean {
  for (let at = 2; at < word.length; at++) {
    if (word[at] === word[at - 1] && word[at] === word[at - 2]) return true;
  }
  return false;
}

/** Every letter once: "kiiilll" and "kill" are both "kil". */
function squeeze(word: string): string {
  let short = '';
  for (const letter of word) if (!short.endsWith(letter)) short += letter;
  return short;
}

function runs(word: string): readonly number[] {
  const lengths: number[] = [];
  let before = '';
  for (const letter of word) {
    if (letter === before) lengths.push((lengths.pop() ?? 0) + 1);
    else lengths.push(1);
    before = letter;
  }
  return lengths;
}

/** Splits a word into known ones, longest first, or gives nothing. Bounded by the square of its length. */
function splitRunTogether(
  word: string,
  known: (word: string) => boolean,
): readonly string[] | undefined {
  if (word.length > LONGEST_REPAIRED) return undefined;
  const dead = new Set<number>();
  const from = (start: number): readonly string[] | undefined => {
    if (start === word.length) return [];
    if (dead.has(start)) return undefined;
    for (let end = Math.min(word.length, start + 12); end > start; end--) {
      const part = word.slice(start, end);
      if (part.length < 3 && !SHORT_PARTS.has(part)) continue;
      if (!known(part)) continue;
      const rest = from(end);
      if (rest !== undefined) return [part, ...rest];
    }
    dead.add(start);
    return undefined;
  };
  return from(0);
}

interface Slips {
  readonly nearest: (word: string) => string | undefined;
}

/** Finds the word that is one letter away: missing, doubled, wrong, or two changed over. */
function indexOfSlips(words: readonly string[]): Slips {
  const whole = new Set(words);
  const shortened = new Map<string, string[]>();
  for (const word of words) {
    for (const short of withoutOneLetter(word)) {
      shortened.set(short, [...(shortened.get(short) ?? []), word]);
    }
  }
  return {
    nearest: (slipped) => {
      const missing = shortened.get(slipped)?.[0];
      if (missing !== undefined) return missing;
      for (const short of withoutOneLetter(slipped)) {
        if (short.length >= SHORTEST_WITH_SLIPS && whole.has(short)) return short;
        const near = shortened.get(short)?.find((word) => isOneSlip(word, slipped));
        if (near !== undefined) return near;
      }
      return undefined;
    },
  };
}

/** The first letter stays: people rarely get it wrong, and without it too many words are near. */
function withoutOneLetter(word: string): readonly string[] {
  const shorter: string[] = [];
  for (let at = 1; at < word.length; at++) shorter.push(word.slice(0, at) + word.slice(at + 1));
  return shorter;
}

/** Two words of one length: one letter differs, or two neighbours are changed over. */
function isOneSlip(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  if (one.slice(at + 1) === other.slice(at + 1)) return true;
  return (
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
}
