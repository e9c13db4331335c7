/** The words of a message as the grammars know them, sentence by sentence. */
import { fold } from '../fold.ts';
import { FILLERS, KEYS, SPELLER } from './known-phrases.ts';
import { CLAUSE_END } from './pieces.ts';

export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const clause of text.split(BETWEEN_CLAUSES)) {
    for (const word of fold(clause).split(' ')) {
      for (const one of SPELLER.known.get(word) ?? SPELLER.repair(word) ?? [word]) {
        if (one === 'not' && words.at(-1) === 'do') words[words.length - 1] = 'dont';
        else if (one !== '' && !FILLERS.has(one)) words.push(one);
      }
    }
    if (words.length > 0 && words.at(-1) !== CLAUSE_END) words.push(CLAUSE_END);
  }
  return words;
}

/** A sign before a space, so that "s.t.o.p" stays one; nothing in it is tried twice. */
const BETWEEN_CLAUSES = /[.!?…,;:؟۔،](?=$|[\s.!?…,;:])|\n|\s[-–—](?=\s)/gu;

/** The quick way past the many texts that wish for nothing. */
export function mayWish(folded: string): boolean {
  for (let from = 0; from < folded.length; ) {
    const space = folded.indexOf(' ', from);
    const end = space === -1 ? folded.length : space;
    const word = folded.slice(from, end);
    if (HINTS.has(word) || SPELLER.repair(word)?.some(isKey)) return true;
    from = end + 1;
  }
  return false;
}

/** Ways to write a key, also misspelt. */
const HINTS: ReadonlySet<string> = new Set(
  [...SPELLER.known].filter(([, meant]) => meant.some(isKey)).map(([way]) => way),
);

function isKey(word: string): boolean {
  return KEYS.has(word);
}
