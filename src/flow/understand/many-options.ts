/**
 * Several options in one reply, in the order they were named: "1 3", "ramp and lights", "13". What
 * cannot be told apart for certain is asked about; a word that nothing explains spoils the whole
 * reply, because leaving it out would answer something that was not said.
 */
import type { Question } from '../flow.ts';
import { fold } from '../fold.ts';
import { nameOption } from './one-option.ts';
import { answerFor } from './option-answer.ts';
import { negationsIn, type OptionTable, withoutFillers } from './option-table.ts';
import { MISSED, notAllowed, type Understood } from './understood.ts';

export function understandMany(question: Question, table: OptionTable, text: string): Understood {
  const folded = fold(text.replace(/[+>|<=→~^]/g, ' '));
  const bare = withoutFillers(folded.split(' '), table.words).join(' ');
  const direct = table.direct.get(folded) ?? table.direct.get(bare);
  if (direct !== undefined) return direct.length === 1 ? chosen(question, direct) : nearly(direct);
  if (/^\d+$/.test(bare)) return runTogether(question, bare);
  if (table.words.none.has(bare)) return MISSED;
  if (table.words.all.has(bare)) return everything(question);
  if (table.words.both.has(bare))
    return question.options.length === 2 ? everything(question) : MISSED;
  const range = rangeOf(text, folded);
  if (range !== undefined) return fromRange(question, table, range);
  return named(question, table, folded) ?? inParts(question, table, text, folded);
}

/** Distinct options in order; a ranking names each place once and leaves none out. */
function chosen(question: Question, places: readonly number[]): Understood {
  const distinct = [...new Set(places)];
  const ranking = question.kind === 'rank';
  if (ranking && distinct.length < places.length) return MISSED;
  if (distinct.length > question.max) return notAllowed('too_many');
  if (ranking && distinct.length < question.max) return notAllowed('too_few');
  return answerFor(question, distinct);
}

function nearly(options: readonly number[], together = false): Understood {
  return { kind: 'nearly', options, together };
}

/** "13" may be one and three, where there is no thirteenth: ask. */
function runTogether(question: Question, digits: string): Understood {
  const places = Array.from(digits, (digit) => Number(digit) - 1);
  const fit = places.every((place) => place >= 0 && place < question.options.length);
  if (!fit || digits.length < 2 || new Set(places).size < places.length) {
    return notAllowed('out_of_range');
  }
  const taken = chosen(question, places);
  return taken.kind === 'answer' ? nearly(places, true) : taken;
}

function everything(question: Question): Understood {
  const all = question.options.map((_, place) => place);
  if (question.kind === 'rank') return MISSED;
  return all.length > question.max ? notAllowed('too_many') : answerFor(question, all);
}

/** "1-3" and "1 to 3": from one to three, or one and three? */
function rangeOf(text: string, folded: string): readonly [string, string] | undefined {
  const match =
    /^\s*(\d{1,2})\s*[-–—]\s*(\d{1,2})\s*$/.exec(text) ?? /^(\d{1,2}) to (\d{1,2})$/.exec(folded);
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : undefined;
}

function fromRange(
  question: Question,
  table: OptionTable,
  [first, last]: readonly [string, string],
): Understood {
  const from = table.direct.get(first);
  const to = table.direct.get(last);
  if (from?.length !== 1 || to?.length !== 1) return notAllowed('out_of_range');
  const ends = [...from, ...to];
  const taken = chosen(question, ends);
  const neighbours = (from[0] ?? 0) + 1 === to[0];
  return taken.kind === 'answer' && !neighbours ? nearly(ends, true) : taken;
}

interface Reference {
  readonly place: number;
  /** By its number, not by its name. */
  readonly counted: boolean;
}

const LONGEST_NAME_IN_WORDS = 6;

/** The reply read from left to right, the longest name first; undefined where a word is left over. */
function named(question: Question, table: OptionTable, folded: string): Understood | undefined {
  const tokens = folded.split(' ');
  if (tokens.length > 100) return MISSED;
  const letters = tokens.every((token) => token.length === 1 || table.words.and.has(token));
  const references: Reference[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? '';
    const found = longestName(table, tokens, at);
    const lonelyLetter = found?.length === 1 && !letters && /^[a-z]$/.test(token);
    if (found !== undefined && !lonelyLetter) {
      if (found.places.length > 1) return nearly(found.places);
      references.push({ place: found.places[0] ?? 0, counted: isCount(found.text, table) });
      at += found.length;
      if (tokens[at] === 'one' && !CARDINAL.test(found.text)) at += 1;
    } else if (table.words.fillers.has(token) || table.words.and.has(token)) {
      at += 1;
    } else if (/^\d+$/.test(token)) {
      return notAllowed('out_of_range');
    } else {
      return undefined;
    }
  }
  return references.length === 0 ? undefined : joinedUp(question, references);
}

function isCount(text: string, { words }: OptionTable): boolean {
  return /^\d/.test(text) || words.numbers.has(text) || words.last.has(text);
}

/** After these a "one" is a number; after "second" or "blue" it is not. */
const CARDINAL = /^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)$/;

function longestName(
  { direct }: OptionTable,
  tokens: readonly string[],
  at: number,
):
  | { readonly places: readonly number[]; readonly length: number; readonly text: string }
  | undefined {
  const most = Math.min(LONGEST_NAME_IN_WORDS, tokens.length - at);
  for (let length = most; length > 0; length--) {
    const text = tokens.slice(at, at + length).join(' ');
    const places = direct.get(text);
    if (places !== undefined) return { places, length, text };
  }
  return undefined;
}

/** "1 goals 2 ramp" counts places in an order; "1 and goals" may mean one option or two: ask. */
function joinedUp(question: Question, references: readonly Reference[]): Understood {
  const counted = references.filter((reference) => reference.counted);
  const byName = references.filter((reference) => !reference.counted);
  if (counted.length === 0 || byName.length === 0) {
    return chosen(
      question,
      references.map((reference) => reference.place),
    );
  }
  const names = byName.map((reference) => reference.place);
  const inTurn = references.every((reference, at) => reference.counted === (at % 2 === 0));
  const paired = inTurn && counted.length === byName.length;
  const same = counted.every((reference, at) => reference.place === names[at]);
  const enumerated = counted.every((reference, at) => reference.place === at);
  if (paired && (same || (enumerated && names.length > 1))) return chosen(question, names);
  const union = [...new Set(references.map((reference) => reference.place))];
  return question.kind === 'rank' || union.length > question.max ? MISSED : nearly(union, true);
}

/** Parted by commas and "and", each part by itself through the looser layers. */
function inParts(question: Question, table: OptionTable, text: string, folded: string): Understood {
  const { words } = table;
  const all = folded.split(' ');
  const unsure = all.some((word) => words.or.has(word));
  const places: number[] = [];
  let asking = unsure;
  let each = !unsure;
  for (const part of partsOf(text, table)) {
    const found = nameOption(part, table);
    if (found.kind === 'out-of-range') return notAllowed('out_of_range');
    if (found.kind === 'one') places.push(found.option);
    else if (found.kind === 'nearly') {
      places.push(...found.options);
      each &&= found.each && question.kind !== 'rank';
    }
    asking ||= found.kind !== 'one';
  }
  if (!asking) return chosen(question, places);
  const union = [...new Set(places)];
  if (union.length === 0 || negationsIn(all, words) !== '') return MISSED;
  const fits =
    question.kind === 'rank' ? union.length === question.max : union.length <= question.max;
  return union.length > 4 ? MISSED : nearly(union, each && fits);
}

function partsOf(text: string, { words }: OptionTable): readonly string[] {
  const parts: string[] = [];
  for (const piece of text.split(/[,;\n+&/|>→]/)) {
    let part: string[] = [];
    for (const word of fold(piece).split(' ')) {
      if (!words.and.has(word)) {
        part.push(word);
        continue;
      }
      if (part.length > 0) parts.push(part.join(' '));
      part = [];
    }
    if (part.length > 0 && part.join('') !== '') parts.push(part.join(' '));
  }
  return parts;
}
