/**
 * How a phrase is written in the rules, read into parts. Words are folded as messages are, so a
 * rule may be written as people speak.
 *
 *   my {parent} ({really}) hits|beats {us}
 *
 * `{name}` is a class of words, `a|b` one of them, `(...)` may be missing, `..` up to three words
 * of any kind, `....` up to six, `.` the beginning or end of a sentence.
 */
import { foldToWords, SENTENCE_END } from './fold.ts';
import { respell } from './phrases/respellings.ts';

export type Part =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'one-of'; readonly choices: readonly Phrase[] }
  | { readonly kind: 'maybe'; readonly phrase: Phrase };

export type Phrase = readonly Part[];

export function readPhrase(source: string): Phrase {
  const parts: Part[] = [];
  for (const piece of split(source, ' ')) parts.push(...readPiece(piece, source));
  return parts;
}

/** A phrase on its own: what may be missing at its edge would say nothing. */
export function readWholePhrase(source: string): Phrase {
  const phrase = readPhrase(source);
  for (const edge of [phrase.at(0), phrase.at(-1)]) {
    if (edge === undefined || edge.kind === 'maybe' || edge.kind === 'gap') {
      throw new TypeError(`A phrase may not begin or end with what may be missing: ${source}`);
    }
  }
  return phrase;
}

function readPiece(piece: string, source: string): readonly Part[] {
  if (piece === '.') return [{ kind: 'word', word: SENTENCE_END }];
  if (piece === '..') return [{ kind: 'gap', most: 3 }];
  if (piece === '....') return [{ kind: 'gap', most: 6 }];
  const choices = split(piece, '|');
  if (choices.length > 1) {
    if (choices.some((choice) => choice.startsWith('(') || choice === '..')) {
      throw new TypeError(`One of several choices must be a word or a class: ${source}`);
    }
    return [{ kind: 'one-of', choices: choices.map((choice) => readPiece(choice, source)) }];
  }
  if (piece.startsWith('(') && piece.endsWith(')')) {
    return [{ kind: 'maybe', phrase: readPhrase(piece.slice(1, -1)) }];
  }
  if (piece.startsWith('{') && piece.endsWith('}')) {
    return [{ kind: 'class', name: piece.slice(1, -1) }];
  }
  const words = foldToWords(piece).filter((word) => word !== SENTENCE_END);
  if (words.length === 0) throw new TypeError(`A phrase has a piece without a word: ${source}`);
  return words.flatMap(respell).map((word) => ({ kind: 'word', word }));
}

/** Splits at the sign, but not inside brackets. */
function split(source: string, sign: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let piece = '';
  for (const character of source) {
    if (character === '(' || character === '{') depth++;
    if (character === ')' || character === '}') depth--;
    if (character === sign && depth === 0) {
      pieces.push(piece);
      piece = '';
    } else piece += character;
  }
  if (depth !== 0) throw new TypeError(`A phrase has a bracket too many or too few: ${source}`);
  return [...pieces, piece].filter((part) => part !== '');
}
