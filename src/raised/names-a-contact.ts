/** Whether a text names a phone number or an e-mail address: everyone in the chat would read it. */
const EMAIL = /[^\s@]+@[^\s@]+\.\p{L}{2,}/u;
/** Digits with what people put between them; 17:40, £40,000 and years stay. */
const MAYBE_NUMBER = /(?:\+|00)?\d(?:[ ().-]{0,3}\d){8,}/gu;
const FEWEST_DIGITS = 10;

export function namesAContact(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\p{Nd}/gu, asciiDigit);
  if (EMAIL.test(plain)) return true;
  return [...plain.matchAll(MAYBE_NUMBER)].some(
    ([match]) => match.replace(/\D/g, '').length >= FEWEST_DIGITS,
  );
}

/** Rows of ten digits begin at a code point that ends in 0 or 6, in hexadecimal. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  for (let back = 0; back < 10; back++) {
    if (!/\p{Nd}/u.test(String.fromCodePoint(code - back - 1))) return String(back);
  }
  return String((code & 0xf) % 10);
}
