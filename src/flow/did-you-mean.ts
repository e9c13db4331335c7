/**
 * The likely word behind a misspelt one, for messages to officers. It never decides anything: a
 * misspelling is always a problem, this only makes its message kinder.
 */

/** ` Did you mean "retries"?`, or nothing when no word is near. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const likely = nearest(written, known);
  return likely === undefined ? '' : ` Did you mean "${likely}"?`;
}

export function nearest(written: string, known: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase().slice(0, 60);
  const furthest = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = furthest + 1;
  for (const word of known) {
    const distance = isCutShort(wanted, word) ? 1 : editDistance(wanted, word, bestDistance);
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** "alias" for "aliases". */
function isCutShort(written: string, word: string): boolean {
  return written.length >= 4 && word.startsWith(written);
}

/** Letters to insert, drop, replace or swap with their neighbour to make one word of the other. */
function editDistance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, at(beforeLast, j - 2) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
