/**
 * Splits a text that is too long for one message. A piece never ends inside a word, a link or a
 * telephone number: half a helpline number could cost a child the help it leads to.
 */
const LONGEST_MESSAGE = 1600;

export function splitMessage(text: string, longest = LONGEST_MESSAGE): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const end = lastGoodBreak(rest, longest);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '') pieces.push(rest);
  return pieces;
}

/** Where to cut: after a line if that keeps the piece over half full, else between two words. */
function lastGoodBreak(text: string, longest: number): number {
  const spaces = breaks(text.slice(0, longest + 1), text);
  const newline = spaces.findLast((at) => text[at] === '\n');
  if (newline !== undefined && newline * 2 > longest) return newline;
  const space = spaces.at(-1);
  return space === undefined || space === 0 ? characterBreak(text, longest) : space;
}

/** "0800 1111", "116 123", "+44 (0)20 ..." and "111 option 2" hold together. */
const NUMBERS = /[+(]?\d[\d()-]*(?:[ \u00a0][\d()-]+)*(?:[ \u00a0]option[ \u00a0]\d)?/gu;

/** The whitespace at which the text may be parted, outside telephone numbers. */
function breaks(start: string, whole: string): readonly number[] {
  const held = [...whole.matchAll(NUMBERS)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const found: number[] = [];
  for (const { index } of start.matchAll(/\s/gu)) {
    if (!held.some(({ from, to }) => from < index && index < to)) found.push(index);
  }
  return found;
}

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: few texts are so long. */
function characters(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}

/** One "word" longer than a message is no word: part it between characters. */
function characterBreak(text: string, longest: number): number {
  let end = 0;
  for (const { index, segment } of characters().segment(text.slice(0, longest + 64))) {
    if (index + segment.length > longest) break;
    end = index + segment.length;
  }
  return end === 0 ? longest : end;
}
