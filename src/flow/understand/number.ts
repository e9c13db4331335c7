/**
 * A whole or decimal number, written in digits or words, with its unit. What looks like a date, a
 * time, a telephone number, a range or an estimate with a limit ("over 12") is not taken.
 */
import type { Question } from '../flow.ts';
import { withoutFillers } from './option-table.ts';
import type { SpokenWords } from './spoken-words.ts';
import { MISSED, notAllowed, type Understood } from './understood.ts';

export function understandNumber(
  { bounds }: Question,
  words: SpokenWords,
  text: string,
  folded: string,
): Understood {
  const value = numberIn(text, folded, words);
  if (value === undefined) return MISSED;
  const tooSmall = bounds?.min !== undefined && value < bounds.min;
  const tooBig = bounds?.max !== undefined && value > bounds.max;
  return tooSmall || tooBig ? notAllowed('out_of_range') : { kind: 'answer', value, said: [] };
}

function numberIn(text: string, folded: string, words: SpokenWords): number | undefined {
  if (folded.length > 60) return undefined;
  const written = text.normalize('NFKC').trim();
  if (/\d/.test(folded)) return inDigits(written, folded, words);
  return inWords(withoutUnits(folded, words), words);
}

/** An optional sign and currency, digits in threes or not, a decimal part. */
const NUMBER = /(?<![\d.,:/-])(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?![\d:/-]|[.,]\d)/;

function inDigits(written: string, folded: string, words: SpokenWords): number | undefined {
  const plain = /^[\u0020-\u024F]*$/.test(written) ? written : folded;
  const match = NUMBER.exec(plain);
  if (match === null || looksDialled(match[2] ?? '')) return undefined;
  const around = `${plain.slice(0, match.index)} ${plain.slice(match.index + match[0].length)}`;
  if (/\d/.test(around) || !onlyUnits(around, words)) return undefined;
  const value = Number(`${match[2]?.replaceAll(',', '')}.${match[3] ?? '0'}`);
  return match[1] === '-' ? -value : value;
}

/** Telephone numbers begin with a nought or are very long. */
function looksDialled(digits: string): boolean {
  return digits.length > 9 || (digits.length > 3 && digits.startsWith('0'));
}

function onlyUnits(around: string, words: SpokenWords): boolean {
  return around
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{M}£€$%]+/u)
    .every((word) => word === '' || isAroundNumbers(word, words));
}

const SYMBOLS: ReadonlySet<string> = new Set(['£', '€', '$', '%']);

function isAroundNumbers(word: string, { fillers, units }: SpokenWords): boolean {
  return SYMBOLS.has(word) || units.has(word) || (fillers.has(word) && !LIMITS.has(word));
}

/** "Want" and the like may stand before an option; before a number only these would change it. */
const LIMITS: ReadonlySet<string> = new Set(['to']);

function withoutUnits(folded: string, words: SpokenWords): string {
  const rest = folded.split(' ').filter((word) => !words.units.has(word));
  return withoutFillers(rest, words).join(' ');
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function inWords(text: string, words: SpokenWords): number | undefined {
  return words.numbers.get(text) ?? inEnglish(text);
}

/** Up to "nine hundred and ninety nine". */
function inEnglish(text: string): number | undefined {
  const match = /^(?:(?:(\w+) )?(hundred))?(?: ?and )? ?(.*)$/.exec(text);
  const count = match?.[1] ?? (match?.[2] === undefined ? 'zero' : 'one');
  const hundreds = SMALL.indexOf(count);
  const rest = match?.[3] ?? '';
  if (hundreds < 0 || hundreds > 9) return undefined;
  if (rest === '') return hundreds === 0 ? undefined : hundreds * 100;
  const below = belowHundred(rest);
  return below === undefined ? undefined : hundreds * 100 + below;
}

function belowHundred(text: string): number | undefined {
  const small = SMALL.indexOf(text);
  if (small >= 0) return small;
  const [ten, unit, ...more] = text.split(' ');
  const tens = TENS.indexOf(ten ?? '');
  if (tens < 0 || more.length > 0) return undefined;
  const units = unit === undefined ? 0 : SMALL.indexOf(unit);
  return units < 0 || units > 9 || unit === 'zero' ? undefined : (tens + 2) * 10 + units;
}
