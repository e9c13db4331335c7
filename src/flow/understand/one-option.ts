/**
 * Which one option a reply names, layer by layer: number or exact name, beginning of a name, typing
 * slips, single words of a name. A wrong match is worse than asking again, so every layer gives up
 * where two options fit, and nothing is matched past a word that turns the answer round.
 */
import { negationsIn, type OptionName, type OptionTable, withoutFillers } from './option-table.ts';
import { slipsAllowed, slipsBetween } from './typing-slip.ts';

/** A place, several to ask between, or what else it was. */
export type Named =
  | { readonly kind: 'one'; readonly option: number }
  | { readonly kind: 'nearly'; readonly options: readonly number[] }
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

function asked(options: readonly number[]): Named {
  return options.length <= MOST_TO_ASK_BETWEEN
    ? { kind: 'nearly', options: [...options].sort((a, b) => a - b) }
    : NOT_NAMED;
}

function byBeginning(
  text: string,
  names: readonly OptionName[],
  { words }: OptionTable,
): Named | undefined {
  if (text.length < 2 || words.yes.has(text) || words.no.has(text) || words.none.has(text)) return;
  return firstLanguageThatKnows(names, (name) => name.text.startsWith(text));
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
 * somewhere is otherwise a reason to ask "did you mean".
 */
function byWords(
  words: readonly string[],
  names: readonly OptionName[],
  table: OptionTable,
): Named {
  const pointed = new Set<number>();
  let everyWord = true;
  for (const word of words) {
    if (table.words.fillers.has(word)) continue;
    const options = optionsWithWord(word, names, table);
    everyWord &&= options.length === 1;
    for (const option of options) pointed.add(option);
  }
  const [only] = pointed;
  if (only === undefined) return NOT_NAMED;
  return everyWord && pointed.size === 1 ? { kind: 'one', option: only } : asked([...pointed]);
}

function optionsWithWord(
  word: string,
  names: readonly OptionName[],
  { direct, words }: OptionTable,
): readonly number[] {
  if (words.and.has(word) || words.or.has(word)) return [];
  const number = isNumber(word) || words.numbers.has(word) ? direct.get(word) : undefined;
  if (number !== undefined) return number;
  const options = new Set<number>();
  if (word.length < 3) return [];
  const most = slipsAllowed(word.length);
  for (const name of names) {
    const has = name.words.some((other) => other === word || isSlipOf(word, other, most));
    if (has) options.add(name.option);
  }
  return [...options];
}

function isSlipOf(word: string, other: string, most: number): boolean {
  return most > 0 && other.length >= 4 && slipsBetween(word, other, most) !== undefined;
}
