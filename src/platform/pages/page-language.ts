/**
 * How a language code of ours stands on a web page: the tag for `lang`, and the direction it is
 * read in. Easy words are our own variant of a language and carry that language's tag.
 */
export function languageTag(code: string): string {
  return code.replace(/-easy$/, '');
}

const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

export type Direction = 'ltr' | 'rtl';

export function direction(code: string): Direction {
  return RIGHT_TO_LEFT.has(code.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** A calendar day in words, "28 January 2027"; the day itself has no time zone. */
export function dayInWords(isoDay: string, code: string): string {
  const locale = languageTag(code) === 'en' ? 'en-GB' : languageTag(code);
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${isoDay.slice(0, 10)}T00:00:00Z`));
}
