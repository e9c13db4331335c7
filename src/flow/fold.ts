/**
 * One spelling for texts that mean the same: "Path-Lights!", "path lights" and "PATH  LIGHTS" fold
 * to one string. Whoever compares typed text folds both sides here and nowhere else. It must never
 * make two different words equal in the languages we speak: marks that carry vowels stay.
 */

/** NFKC, lower case, no accents, no punctuation, no invisible characters, single spaces, plain digits. */
export function fold(text: string): string {
  return isFolded(text) ? text : isAscii(text) ? foldAscii(text) : foldUnicode(text);
}

const SPACE = 32;

/** Already in folded form: lower-case letters, digits, single inner spaces. The common reply. */
function isFolded(text: string): boolean {
  let before = SPACE;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = code >= 97 && code <= 122;
    const digit = code >= 48 && code <= 57;
    if (!letter && !digit && (code !== SPACE || before === SPACE)) return false;
    before = code;
  }
  return before !== SPACE || text === '';
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false;
  return true;
}

const NOT_SPOKEN = /[^a-z0-9$+<=>|^~`]+/g;
const APOSTROPHE = /['\u2018\u2019\u02BC\uFF07]/g;
/** s.t.o.p and s-t-o-p: single letters with something between them. */
const SPELT_OUT = /(?<![\p{L}\p{N}])(\p{L})[.-](?=\p{L}(?![\p{L}\p{N}]))/gu;

function foldAscii(text: string): string {
  return joinSpelt(text.toLowerCase().replace(APOSTROPHE, '')).replace(NOT_SPOKEN, ' ').trim();
}

function joinSpelt(text: string): string {
  return text.includes('.') || text.includes('-') ? text.replace(SPELT_OUT, '$1') : text;
}

/** Accents of Latin, Greek and Cyrillic, Arabic and Hebrew vowel points, emoji selectors. Not Indic vowels. */
const MARKS =
  /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F\u{1F3FB}-\u{1F3FF}]/gu;
/** Format characters (zero width, direction), controls, soft hyphen, tatweel. Line breaks part words. */
const INVISIBLE = /[\p{Cf}\p{Cs}\u0640]/gu;
const PARTS_WORDS = /[\p{P}\p{Z}\p{Cc}]+/gu;
const DIGIT = /(?![0-9])\p{Nd}/gu;
const LETTER_OF_ITS_OWN = /[łøđßæœıþðيىكهة]/g;

/** Letters that do not come apart into a plain one and an accent; Arabic forms typed for Urdu ones. */
const PLAIN_LETTER: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ه: 'ہ',
  ة: 'ہ',
};

function foldUnicode(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(INVISIBLE, '')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(LETTER_OF_ITS_OWN, (letter) => PLAIN_LETTER[letter] ?? letter)
    .replace(DIGIT, asciiDigit)
    .replace(APOSTROPHE, '');
  return joinSpelt(plain).replace(PARTS_WORDS, ' ').trim();
}

/** Digits stand in rows of ten, each row beginning at a code point that ends in 0 or 6 (hexadecimal). */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const low = code & 0xf;
  return String(
    low >= 6 && /\p{Nd}/u.test(String.fromCodePoint(code - low + 6)) ? low - 6 : low % 10,
  );
}
