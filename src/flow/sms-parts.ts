/**
 * What a text costs by SMS: how many parts it is sent in and which characters make it dear. Counted
 * here without the calculator that the tests compare it with, because it is asked at every reply.
 */

const GSM_SINGLE =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take two places each. */
const GSM_DOUBLE = '\f^{}\\[~]|€';

/** Places that a character takes in the short alphabet; 0 for one that is not in it. */
const PLACES = new Uint8Array(0x20ad);
for (const character of GSM_SINGLE) PLACES[character.charCodeAt(0)] = 1;
for (const character of GSM_DOUBLE) PLACES[character.charCodeAt(0)] = 2;

const ONE_PART = 160;
const EACH_PART = 153;
const ONE_WIDE_PART = 70;
const EACH_WIDE_PART = 67;

/** The number of parts that the text is sent, and paid for, in. */
export function smsParts(text: string): number {
  let places = 0;
  for (let at = 0; at < text.length; at++) {
    const cost = PLACES[text.charCodeAt(at)] ?? 0;
    if (cost === 0) return wideParts(text);
    places += cost;
  }
  return places <= ONE_PART ? 1 : narrowParts(text);
}

export function smsEncoding(text: string): 'GSM-7' | 'UCS-2' {
  for (let at = 0; at < text.length; at++) if (!PLACES[text.charCodeAt(at)]) return 'UCS-2';
  return 'GSM-7';
}

/** Places that the text takes: characters, with those counted twice that take two. */
export function smsLength(text: string): number {
  if (smsEncoding(text) === 'UCS-2') return text.length;
  let places = 0;
  for (let at = 0; at < text.length; at++) places += PLACES[text.charCodeAt(at)] ?? 0;
  return places;
}

/** The characters that more than halve the room, each once, in their order. */
export function dearCharacters(text: string): readonly string[] {
  const dear = new Set<string>();
  for (const { segment } of graphemes().segment(text)) {
    if (segment !== '\r\n' && smsEncoding(segment) === 'UCS-2') dear.add(segment);
  }
  return [...dear];
}

/**
 * The characters that make a text dearer: written plainly it would be sent in fewer parts. Those of
 * two places only where it is they that reach into another part.
 */
export function dearerCharacters(text: string): readonly string[] {
  const wide = dearCharacters(text);
  const double = [...new Set(text)].filter((character) => GSM_DOUBLE.includes(character));
  const parts = smsParts(text);
  const narrow = written(text, wide);
  const narrowed = smsParts(narrow);
  const plain = smsParts(written(narrow, double));
  if (plain === parts) return [];
  return plain < narrowed ? [...wide, ...double] : wide;
}

/** With one ordinary letter in the place of each of these. */
function written(text: string, characters: readonly string[]): string {
  return characters
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, character) => rest.replaceAll(character, 'x'), text);
}

/** A character of two places is never parted, so a part may end one place short. */
function narrowParts(text: string): number {
  let parts = 1;
  let used = 0;
  for (let at = 0; at < text.length; at++) {
    const cost = PLACES[text.charCodeAt(at)] ?? 0;
    if (used + cost > EACH_PART) {
      parts += 1;
      used = 0;
    }
    used += cost;
  }
  return parts;
}

/** Nor is a character that is made of several, such as an emoji. */
function wideParts(text: string): number {
  if (text.length <= ONE_WIDE_PART) return 1;
  let parts = 1;
  let used = 0;
  for (const { segment } of graphemes().segment(text)) {
    for (const whole of segment === '\r\n' ? ['\r', '\n'] : [segment]) {
      if (used + whole.length > EACH_WIDE_PART) {
        parts += 1;
        used = 0;
      }
      used += whole.length;
    }
  }
  return parts;
}

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: it takes longer to make than most texts take to count. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}
