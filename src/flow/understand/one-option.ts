/**
 * Which one option a reply names, layer by layer: number or exact name, beginning of a name, typing
 * slips, single words of a name. A wrong match is worse than asking again, so every layer gives up
 * where two options fit, and nothing is matched past a word that turns the answer round.
 */
import { negationsIn, type OptionName, type OptionTable, withoutFillers } from './option-table.ts';
import { soundOf } from './sound-alike.ts';
import type { SpokenWords } from './spoken-words.ts';
import { slipsAllowed, slipsBetween } from './typing-slip.ts';

/** A place, several to ask between, or what else it was. */
export type Named =
  | { readonly kind: 'one'; readonly option: number }
  /** `each`: every word points at one option, so that all of them may have been meant. */
  | { readonly kind: 'nearly'; readonly options: readonly number[]; readonly each: boolean }
  | { readonly kind: 'out-of-range' }
  | { readonly kind: 'missed' };

const NOT_NAMED: Named = { kind: 'missed' };
const MOST_TO_ASK_BETWEEN = 3;
/** Longer replies are told stories: their words may still point at options, never decide on one. */
const LONGEST_NAME = 120;

/** `text` is folded. */
export function nameOption(text: string, table: OptionTable): Named {
  const direct = table.direct.get(text);
  if (direct !== undefined) return between(direct);
  if (text === '' || text.length > 400) return NOT_NAMED;
  return nameLoosely(text.split(' '), table);
}

function nameLoosely(all: readonly string[], table: OptionTable): Named {
  const words = withoutFillers(all, table.words);
  const text = words.join(' ');
  const bare = table.direct.get(text) ?? table.direct.get(withoutOne(words));
  if (bare !== undefined) return between(bare);
  if (isNumber(text)) return { kind: 'out-of-range' };
  const negations = negationsIn(words, table.words);
  const names = table.names.filter((name) => negations === '' || name.negations === negations);
  if (names.length === 0) return NOT_NAMED;
  return (
    byBeginning(text, names, table) ??
    bySlips(text, negations, names) ??
    byWords(words, names, table)
  );
}

/** "the second one", "number 2 option": the "one" that is no number. */
function withoutOne(words: readonly string[]): string {
  return words.length > 1 && words.at(-1) === 'one' ? words.slice(0, -1).join(' ') : '';
}

function isNumber(text: string): boolean {
  return text.length > 0 && text.length < 5 && /^\d+(?:st|nd|rd|th)?$/.test(text);
}

function between(options: readonly number[]): Named {
  const [only] = options;
  if (only === undefined) return NOT_NAMED;
  return options.length === 1 ? { kind: 'one', option: only } : asked(options);
}

function asked(options: readonly number[], each = false): Named {
  return options.length <= MOST_TO_ASK_BETWEEN
    ? { kind: 'nearly', options: [...options].sort((a, b) => a - b), each }
    : NOT_NAMED;
}

function byBeginning(
  text: string,
  names: readonly OptionName[],
  { words }: OptionTable,
): Named | undefined {
  if (text.length < 2 || meansSomethingElse(text, words)) return;
  return firstLanguageThatKnows(names, (name) => name.text.startsWith(text));
}

/** A whole word with a meaning of its own: "go" is no half of "Goals", nor "no" of "North". */
function meansSomethingElse(text: string, { yes, no, none, go }: SpokenWords): boolean {
  return yes.has(text) || no.has(text) || none.has(text) || go.has(text);
}

function bySlips(text: string, negations: string, names: readonly OptionName[]): Named | undefined {
  if (text.length > LONGEST_NAME) return;
  const most = slipsAllowed(text.length);
  return firstLanguageThatKnows(
    names,
    (name) => name.negations === negations && slipsBetween(text, name.text, most) !== undefined,
  );
}

function firstLanguageThatKnows(
  names: readonly OptionName[],
  fits: (name: OptionName) => boolean,
): Named | undefined {
  for (const own of [true, false]) {
    const options = new Set<number>();
    for (const name of names) if (name.own === own && fits(name)) options.add(name.option);
    if (options.size > 0) return between([...options]);
  }
  return undefined;
}

/**
 * Decides only where every word of the reply belongs to one option and no other; a word that fits
 * somewhere is otherwise a reason to ask "did you mean". "Not" points at nothing by itself.
 */
function byWords(
  words: readonly string[],
  names: readonly OptionName[],
  table: OptionTable,
): Named {
  const pointed = new Set<number>();
  const turned = words.some((word) => table.words.negations.has(word));
  let sure = !turned;
  let each = true;
  for (const word of words) {
    if (isEmpty(word, words, table)) continue;
    const found = optionsWithWord(word, names, table, turned);
    sure &&= found.sure && found.options.length === 1;
    each &&= found.options.length < 2;
    for (const option of found.options) pointed.add(option);
  }
  const [only] = pointed;
  if (only === undefined) return NOT_NAMED;
  return sure && pointed.size === 1 ? { kind: 'one', option: only } : asked([...pointed], each);
}

/** "The blue one": the "one" counts nothing there. */
function isEmpty(word: string, { length }: readonly string[], { words }: OptionTable): boolean {
  return words.fillers.has(word) || words.negations.has(word) || (word === 'one' && length > 1);
}

interface WordFound {
  readonly options: readonly number[];
  /** Not merely alike in sound. */
  readonly sure: boolean;
}

const NO_OPTION: WordFound = { options: [], sure: false };

function optionsWithWord(
  word: string,
  names: readonly OptionName[],
  { direct, words }: OptionTable,
  turned: boolean,
): WordFound {
  if (words.and.has(word) || words.or.has(word)) return NO_OPTION;
  const counts = !turned && (isNumber(word) || words.numbers.has(word));
  const number = counts ? direct.get(word) : undefined;
  if (number !== undefined) return { options: number, sure: true };
  if (word.length < 3) return NO_OPTION;
  const most = slipsAllowed(word.length);
  const spelt = optionsWhere(names, (other) => other === word || isSlipOf(word, other, most));
  if (spelt.length > 0) return { options: spelt, sure: true };
  const sound = soundOf(word);
  if (sound === undefined) return NO_OPTION;
  return { options: optionsWhere(names, (other) => soundOf(other) === sound), sure: false };
}

function optionsWhere(
  names: readonly OptionName[],
  fits: (word: string) => boolean,
): readonly number[] {
  const options = new Set<number>();
  for (const name of names) if (name.words.some(fits)) options.add(name.option);
  return [...options];
}

function isSlipOf(word: string, other: string, most: number): boolean {
  return most > 0 && other.length >= 4 && slipsBetween(word, other, most) !== undefined;
}
