/**
 * Cuts a message into plain words: one case, no accents, no invisible characters, full-width and
 * look-alike letters made ordinary, a few emoji made words. `.` stands for the end of a sentence.
 * One pass, no backtracking: its time grows with the length of the text and nothing else.
 */
import { emojiWords, lookAlikes } from './phrases/characters.ts';

export const SENTENCE_END = '.';

export function foldToWords(text: string): string[] {
  const plain = isAscii(text) ? text.toLowerCase() : foldCharacters(text);
  const words: string[] = [SENTENCE_END];
  let word = '';
  const close = () => {
    if (word !== '') words.push(word);
    word = '';
  };
  const endSentence = () => {
    close();
    if (words.at(-1) !== SENTENCE_END) words.push(SENTENCE_END);
  };
  let previous = ' ';
  for (let at = 0; at < plain.length; at++) {
    const character = plain.charAt(at);
    const next = plain.charAt(at + 1);
    if (isWordCharacter(character)) word += character;
    else if (isJoiner(character)) {
      // "don't", "k'ill": the word goes on.
    } else if (isMask(character) && word !== '' && isWordCharacter(next)) word += character;
    else if (character === '.' || character === '…') {
      // "k.i.l.l" and "i want to... die" go on; "die. Help" does not.
      const spelled = word.length === 1 && isWordCharacter(next);
      const trailing = next === '.' || previous === '.' || character === '…';
      if (spelled || trailing) close();
      else endSentence();
    } else if (isSentenceEnd(character)) endSentence();
    else close();
    previous = character;
  }
  endSentence();
  return words;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

const INVISIBLE = /[\p{Cf}\u0300-\u036f\u064b-\u065f\u0670\u0640\ufe00-\ufe0f]/gu;

function foldCharacters(text: string): string {
  const decomposed = text.normalize('NFKC').toLowerCase().normalize('NFD').replace(INVISIBLE, '');
  let folded = '';
  for (const character of decomposed) {
    const emoji = emojiWords.get(character);
    folded += emoji === undefined ? (lookAlikes.get(character) ?? character) : ` ${emoji} `;
  }
  return folded;
}

function isWordCharacter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 48 && code <= 57) ||
      character === '@' ||
      character === '$'
    );
  }
  return code >= 0x370 ? !isOtherSymbol(code) : code >= 0xc0;
}

/** General punctuation, symbols, Urdu and Indic full stops, and halves of emoji that are not words. */
function isOtherSymbol(code: number): boolean {
  return (
    (code >= 0x2000 && code <= 0x2bff) ||
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0x060c ||
    code === 0x061f ||
    code === 0x06d4 ||
    code === 0x0964
  );
}

function isJoiner(character: string): boolean {
  return (
    character === "'" ||
    character === '’' ||
    character === '‘' ||
    character === '`' ||
    character === '´'
  );
}

/** Signs that stand for a letter inside a word: "su*cide", "k!ll". */
function isMask(character: string): boolean {
  return character === '*' || character === '!' || character === '|' || character === '#';
}

function isSentenceEnd(character: string): boolean {
  return (
    character === '!' ||
    character === '?' ||
    character === ';' ||
    character === '\n' ||
    character === '۔' ||
    character === '؟' ||
    character === '।'
  );
}
