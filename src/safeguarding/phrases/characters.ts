/** Characters that stand for others: emoji that mean a word, and letters that look like a Latin one. */

export const emojiWords: ReadonlyMap<string, string> = new Map([
  ['🔪', 'knife'],
  ['🗡', 'knife'],
  ['🔫', 'gun'],
  ['💣', 'bomb'],
  ['🩸', 'blood'],
  ['💊', 'pills'],
  ['🆘', 'sosemoji'],
  ['⚰', 'grave'],
  ['🪦', 'grave'],
]);

const CYRILLIC_AND_GREEK = 'аaеeоoрpсcхxуyіiѕsјjкkмmтtнhвbԁdɡgαaοoιiκkτtνvυuρp';

/**
 * Letters without a decomposition, Arabic letters that Urdu keyboards mix up, and letters of other
 * scripts that look Latin. No rule is written in Cyrillic or Greek, so nothing is lost by it.
 */
export const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs(CYRILLIC_AND_GREEK),
  ...pairs('łlđdøoıiŧtħhæaœoßs'),
  ...pairs('يیىیكکهہۂہةہ'),
]);

function pairs(text: string): [string, string][] {
  const characters = [...text];
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < characters.length; at += 2) {
    found.push([characters[at] ?? '', characters[at + 1] ?? '']);
  }
  return found;
}
