/**
 * Whether a reply is a yes or a no, in any of the flow's languages. Both at once, or a yes with an
 * "if" behind it, is neither: a consent given by mistake is worse than a question asked twice.
 */
import { withoutFillers } from './option-table.ts';
import type { SpokenWords } from './spoken-words.ts';

/** `text` is folded. */
export function yesOrNo(text: string, words: SpokenWords): boolean | undefined {
  const whole = lookUp(text, words);
  if (whole !== undefined || text.length > 60) return whole;
  return lookUp(withoutFillers(text.split(' '), words).join(' '), words) ?? repeated(text, words);
}

function lookUp(text: string, words: SpokenWords): boolean | undefined {
  return words.yes.has(text) ? true : words.no.has(text) ? false : undefined;
}

/** "yesss", "nooo", "yes yes yes". */
function repeated(text: string, words: SpokenWords): boolean | undefined {
  let outcome: boolean | undefined;
  for (const word of text.split(' ')) {
    if (words.fillers.has(word)) continue;
    const said = lookUp(word, words) ?? lookUp(word.replace(/(.)\1+$/u, '$1'), words);
    if (said === undefined || (outcome !== undefined && said !== outcome)) return undefined;
    outcome = said;
  }
  return outcome;
}
