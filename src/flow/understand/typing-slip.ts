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
  const changedLetter = distance === 1 && typed.length === meant.length && !isSwap(typed, meant);
  return changedLetter && meant.length < 5 ? undefined : distance;
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

/** Damerau-Levenshtein in its optimal string alignment form, three rows at a time. */
function optimalAlignment(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
