/**
 * Words as Discord shows them: what looks like markup, a mention or a link with another name stays
 * the words that it is. Web addresses stay whole, so that they can be tapped.
 */

export function plainWords(text: string): string {
  return text
    .split(ADDRESS)
    .map((piece, at) => (at % 2 === 1 ? piece : escaped(piece)))
    .join('');
}

/** An address is left alone up to what could end or nest a masked link or a mention. */
const ADDRESS = /(https?:\/\/[^\s<>()[\]|`*\\]+)/;

function escaped(text: string): string {
  return text.replace(MARKUP, '\\$&').replace(LINE_STARTS, '$1\\$2');
}

const MARKUP = /[\\*_~`|<>[\]@]/g;
/** Headings, lists and small print are only so at the start of a line. */
const LINE_STARTS = /^(\s*)(#|-|\+)/gm;
