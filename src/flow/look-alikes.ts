/** Letters of other alphabets in a word that is meant to be read in Latin ones. */

/** The text with Latin letters for those that look like them, or undefined where it has none. */
export function withLatinLetters(text: string): string | undefined {
  if (!/[\u0370-\u03FF\u0400-\u052F]/.test(text)) return undefined;
  let latin = '';
  for (const letter of text) latin += LOOK_ALIKES[letter] ?? letter;
  return latin;
}

/** Greek and Cyrillic letters that look like Latin ones: somebody's joke, or a phone's keyboard. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ѕ: 's',
  т: 't',
  о: 'o',
  р: 'p',
  е: 'e',
  а: 'a',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ј: 'j',
  п: 'n',
  к: 'k',
  м: 'm',
  н: 'h',
  в: 'b',
  ѵ: 'v',
  ѡ: 'w',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ҽ: 'e',
  г: 'r',
  ο: 'o',
  τ: 't',
  ρ: 'p',
  ε: 'e',
  α: 'a',
  σ: 's',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  υ: 'u',
  χ: 'x',
  ѳ: 'o',
  ѻ: 'o',
};
