/**
 * How far two folded texts are apart in typing slips: a letter missing, added, changed or swapped
 * with its neighbour. Short words get no benefit of the doubt, because a slip away from a short
 * word stands another word.
 */

/** How many slips a text of this length may have: "gols" one, "skate rmap" two, never more than three. */
export function slipsAllowed(length: number): number {
  if (length < 4) return 0;
  if (length < 8) return 1;
  return length < 13 ? 2 : 3;
}

/** Slips between the two, or undefined where there are more than `most` or where it is no mere slip. */
export function slipsBetween(typed: string, meant: string, most: number): number | undefined {
  if (Math.abs(typed.length - meant.length) > most) return undefined;
  if (!beginsAlike(typed, meant) || digitsOf(typed) !== digitsOf(meant)) return undefined;
  const distance = optimalAlignment(typed, meant);
  if (distance > most) return undefined;
  const isShort = meant.length < 5 && typed.length === meant.length;
  return isShort && distance === 1 && !isSwap(typed, meant) ? undefined : distance;
}

/** People hit the first letter, or swap it with the second: "hats" is not a slip of "cats". */
function beginsAlike(typed: string, meant: string): boolean {
  return typed[0] === meant[0] || (typed[0] === meant[1] && typed[1] === meant[0]);
}

function digitsOf(text: string): string {
  let digits = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += text[at];
  }
  return digits;
}

function isSwap(typed: string, meant: string): boolean {
  return [...typed].sort().join('') === [...meant].sort().join('');
}

const LONGEST = 128;
/** Three rows, used again and again: nothing is kept in them from one call to the next. */
const ONE = new Uint8Array(LONGEST + 1);
const TWO = new Uint8Array(LONGEST + 1);
const THREE = new Uint8Array(LONGEST + 1);

/** Damerau-Levenshtein in its optimal string alignment form. Longer texts are never so near. */
function optimalAlignment(a: string, b: string): number {
  if (a.length > LONGEST || b.length > LONGEST) return LONGEST;
  let beforeLast = ONE;
  let last = TWO;
  let row = THREE;
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      let best = (last[j - 1] ?? 0) + (letter === other ? 0 : 1);
      best = Math.min(best, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && letter === b.charCodeAt(j - 2);
      if (swapped && a.charCodeAt(i - 2) === other) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row[j] = best;
    }
    const spare = beforeLast;
    beforeLast = last;
    last = row;
    row = spare;
  }
  return last[b.length] ?? 0;
}
