/**
 * How a phrase is written in the rules, read into parts. Words are folded as messages are, so a
 * rule may be written as people speak.
 *
 *   my {parent} ({really}) hits|beats {us}
 *
 * `{name}` is a class of words, `a|b` one of them (`a_b` two words among such), `(...)` may be
 * missing, `..` up to three words of any kind, `....` up to six, `.` an end of a sentence.
 */
import { foldToWords, SENTENCE_END } from './fold.ts';
import { respell } from './phrases/respellings.ts';

/** `source` is how the part was written: parts written alike are alike. */
export type Part = { readonly source: string } & (
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'one-of'; readonly choices: readonly Phrase[] }
  | { readonly kind: 'maybe'; readonly phrase: Phrase }
);

export type Phrase = readonly Part[];

export function readPhrase(source: string): Phrase {
  return split(source, ' ').flatMap((piece) => readPiece(piece, source));
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

function readPiece(piece: string, whole: string): readonly Part[] {
  if (piece === SENTENCE_END) return [{ source: piece, kind: 'word', word: SENTENCE_END }];
  if (piece === '..') return [{ source: piece, kind: 'gap', most: 3 }];
  if (piece === '....') return [{ source: piece, kind: 'gap', most: 6 }];
  const choices = split(piece, '|');
  if (choices.length > 1) {
    if (choices.some((choice) => choice.startsWith('(') || choice === '..')) {
      throw new TypeError(`One of several choices must be a word or a class: ${whole}`);
    }
    const read = choices.map((choice) => readPiece(choice, whole));
    return [{ source: piece, kind: 'one-of', choices: read }];
  }
  if (piece.startsWith('(') && piece.endsWith(')')) {
    return [{ source: piece, kind: 'maybe', phrase: readPhrase(piece.slice(1, -1)) }];
  }
  if (piece.startsWith('{') && piece.endsWith('}')) {
    return [{ source: piece, kind: 'class', name: piece.slice(1, -1) }];
  }
  return wordsOf(piece, whole).map((word) => ({ source: word, kind: 'word', word }));
}

function wordsOf(piece: string, whole: string): readonly string[] {
  if (/^[a-z0-9]+$/.test(piece)) return respell(piece);
  const words = foldToWords(piece).filter((word) => word !== SENTENCE_END);
  if (words.length === 0) throw new TypeError(`A phrase has a piece without a word: ${whole}`);
  return words.flatMap(respell);
}

/** Splits at the sign, but not inside brackets. */
function split(source: string, sign: string): readonly string[] {
  if (!source.includes('(')) return source.split(sign).filter((piece) => piece !== '');
  const pieces: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === sign && depth === 0) {
      pieces.push(source.slice(begin, at));
      begin = at + 1;
    }
  }
  if (depth !== 0) throw new TypeError(`A phrase has a bracket too many or too few: ${source}`);
  return [...pieces, source.slice(begin)].filter((piece) => piece !== '');
}
