/**
 * Cleans what a person typed, at the edge, before anything reads or stores it: what Postgres
 * refuses (NUL, half surrogates), what hides or turns text round (bidi and zero-width controls),
 * and floods of combining marks. It must never change a letter, an emoji or a line break.
 */
const PLAIN = /^[\x20-\x7e\n]*$/;
const MOST_MARKS_IN_A_ROW = 4;

/** A text of at most `maxLength` UTF-16 units, never cut inside a character. */
export function cleanText(text: string, maxLength = 1600): string {
  if (text.length <= maxLength && PLAIN.test(text)) return text;
  // The clean text is at most as long as the raw one: four times is far more than is kept.
  const bounded = text.slice(0, maxLength * 4);
  const cleaned = bounded
    .replace(LINE_BREAKS, '\n')
    .replace(UNSTORABLE, '')
    .replace(HIDDEN, '')
    .replace(STRAY_JOINERS, '')
    .replace(STRAY_TAGS, '')
    .normalize('NFC')
    .replace(MARK_FLOODS, '$1');
  return cleaned.length <= maxLength ? cleaned : cutAtCharacter(cleaned, maxLength);
}

const LINE_BREAKS = /\r\n?|[\u2028\u2029\u0085]/gu;

/** Controls except tab and line feed, half surrogates, and code points that are no characters. */
const UNSTORABLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Surrogate}\ufffe\uffff\ufdd0-\ufdef]/gu;

/** Bidi controls, zero-width spaces, soft hyphens, annotation marks and invisible operators. */
const HIDDEN =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/gu;

/**
 * Joiners (U+200C, U+200D) belong inside emoji, where they make families, and inside scripts that
 * are spelt with them. Anywhere else they only hide.
 */
const STRAY_JOINERS =
  /(?<![\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]+|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]+(?!\p{Extended_Pictographic})/gu;

/** Tags spell the flags of England, Scotland and Wales after a black flag, and nothing else. */
const STRAY_TAGS = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]+/gu;

const MARK_FLOODS = new RegExp(`(\\p{M}{${MOST_MARKS_IN_A_ROW}})\\p{M}+`, 'gu');

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: few texts are so long. */
function characters(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}

function cutAtCharacter(text: string, maxLength: number): string {
  let end = 0;
  for (const { index, segment } of characters().segment(text)) {
    if (index + segment.length > maxLength) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
