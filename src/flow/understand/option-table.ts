/**
 * Everything that can name an option of one question, folded and laid out for looking up. Built
 * once for a question and a language; a reply that is a number, a label or an alias is then one
 * look into one map. It must never hide that two options share a name: both are listed.
 */
import type { Option, Question } from '../flow.ts';
import { fold } from '../fold.ts';
import type { SpokenWords } from './spoken-words.ts';

export interface OptionTable {
  readonly size: number;
  /** Whole replies, folded, to the places of the options that they name. Two places: ask. */
  readonly direct: ReadonlyMap<string, readonly number[]>;
  /** Labels and aliases for the looser layers; the person's own language first. */
  readonly names: readonly OptionName[];
  readonly words: SpokenWords;
}

export interface OptionName {
  readonly option: number;
  /** Folded, without the little words around it. */
  readonly text: string;
  readonly words: readonly string[];
  /** The words in it that turn an answer round: a reply must have the very same ones. */
  readonly negations: string;
  readonly own: boolean;
}

/**
 * How options may be counted: the list with numbers allows everything ("b", "the last one"), a scale
 * only its numbers, and what is never shown with numbers nothing.
 */
type Counting = 'list' | 'scale' | 'none';

/** `languages` in order of precedence. `isListed`: the options are shown with numbers. */
export function optionTable(
  question: Question,
  languages: readonly string[],
  words: SpokenWords,
  isListed: boolean,
): OptionTable {
  const counting: Counting = question.kind === 'scale' ? 'scale' : isListed ? 'list' : 'none';
  const direct = new Map<string, number[]>();
  const names: OptionName[] = [];
  for (const [order, language] of languages.entries()) {
    const found = new Map<string, number[]>();
    question.options.forEach((option, place) => {
      for (const name of namesOf(question, option, place, language)) {
        addName(found, names, name, place, words, order === 0);
      }
    });
    for (const [text, places] of found) if (!direct.has(text)) direct.set(text, places);
  }
  if (counting !== 'none') addNumbers(direct, names, question.options.length, words, counting);
  return { size: question.options.length, direct, names, words };
}

function namesOf(
  { scale, options }: Question,
  { label, aliases }: Option,
  place: number,
  language: string,
): readonly string[] {
  const end = place === 0 ? scale?.low : place === options.length - 1 ? scale?.high : undefined;
  const named = [label[language], end?.[language], ...(aliases[language] ?? [])];
  const family = scale?.faces === true ? (FACE_FAMILIES[place] ?? []) : [];
  return [...named, ...family].filter((name) => name !== undefined);
}

/** The faces that we show, and those that people send for them. */
const FACE_FAMILIES: readonly (readonly string[])[] = [
  ['😢', '😭', '😿'],
  ['🙁', '☹️', '😞', '😟', '😔'],
  ['😐', '😑', '😶'],
  ['🙂', '😊', '☺️'],
  ['😀', '😃', '😄', '😁', '😍', '🤩'],
];

function addName(
  found: Map<string, number[]>,
  names: OptionName[],
  name: string,
  place: number,
  words: SpokenWords,
  own: boolean,
): void {
  const text = fold(name);
  if (text === '') return;
  const bare = withoutFillers(text.split(' '), words);
  add(found, text, place);
  add(found, bare.join(' '), place);
  add(found, text.replaceAll(' ', ''), place);
  for (const age of rangeIn(text)) add(found, age, place);
  names.push({
    option: place,
    text: bare.join(' '),
    words: bare,
    negations: negationsIn(bare, words),
    own,
  });
}

function add(found: Map<string, number[]>, text: string, place: number): void {
  const places = found.get(text);
  if (places === undefined) found.set(text, [place]);
  else if (!places.includes(place)) places.push(place);
}

/** A label such as "13 to 15" or "Age 13-15" is also meant by any number in it. */
function rangeIn(label: string): readonly string[] {
  const numbers = label.replace(/^\p{L}+ /u, '');
  const match = /^(\d{1,3})(?: \S{1,3})? (\d{1,3})$/.exec(numbers);
  const from = Number(match?.[1]);
  const to = Number(match?.[2]);
  if (match === null || from >= to || to - from > 100) return [];
  return [numbers, ...Array.from({ length: to - from + 1 }, (_, step) => String(from + step))];
}

const ORDINAL_ENDINGS = ['st', 'nd', 'rd', 'th'];

function addNumbers(
  direct: Map<string, number[]>,
  names: readonly OptionName[],
  size: number,
  words: SpokenWords,
  counting: Counting,
): void {
  for (let place = 0; place < size; place++) add(direct, String(place + 1), place);
  for (const [word, number] of words.numbers) {
    if (number >= 1 && number <= size) addSpoken(direct, names, word, number - 1);
  }
  if (counting === 'scale') return;
  for (let place = 0; place < size; place++) {
    const number = String(place + 1);
    for (const ending of ORDINAL_ENDINGS) add(direct, number + ending, place);
    if (size <= 26) addSpoken(direct, names, String.fromCharCode(97 + place), place);
  }
  for (const word of words.last) if (size > 0) addSpoken(direct, names, word, size - 1);
}

/** A letter or a number's word may also begin the name of another option: then it means both. */
function addSpoken(
  direct: Map<string, number[]>,
  names: readonly OptionName[],
  word: string,
  place: number,
): void {
  add(direct, word, place);
  for (const name of names)
    if (name.own && name.text.startsWith(word)) add(direct, word, name.option);
}

/**
 * The words without those at either end that mean nothing; all of them where nothing else is left.
 * A letter that stands last is kept: "option a" is an option.
 */
export function withoutFillers(words: readonly string[], spoken: SpokenWords): readonly string[] {
  let from = 0;
  let to = words.length;
  while (to > from && isFiller(words[to - 1], spoken) && words[to - 1] !== 'a') to -= 1;
  while (from < to && isFiller(words[from], spoken) && !isLetter(words, from, to)) from += 1;
  return from === to ? words : words.slice(from, to);
}

/** The option's letter and no article: it stands alone, or before another letter. */
function isLetter(words: readonly string[], at: number, to: number): boolean {
  return words[at] === 'a' && (at === to - 1 || /^[a-z]$/.test(words[at + 1] ?? ''));
}

function isFiller(word: string | undefined, { fillers }: SpokenWords): boolean {
  return word !== undefined && fillers.has(word);
}

export function negationsIn(words: readonly string[], spoken: SpokenWords): string {
  return words.filter((word) => spoken.negations.has(word)).join(' ');
}
