/**
 * The name of one attempt, under which the provider reports on it: a version 4 UUID whose first 48
 * bits say which row of the outbox it belongs to, and whose other 74 are random. So a report finds
 * its row without an index of nonces, which every message would have to be entered in twice. It must
 * never be read as proof: only the row's own nonce, all of it, is (status.ts).
 */
const ROW_DIGITS = 12;

/** `random` is a version 4 UUID. The claim makes the same in SQL, for what it begins itself. */
export function nonceFor(rowId: string, random: string): string {
  const row = BigInt(rowId).toString(16).padStart(ROW_DIGITS, '0');
  if (row.length > ROW_DIGITS)
    throw new RangeError('the outbox has had more rows than a nonce can name');
  return `${row.slice(0, 8)}-${row.slice(8)}${random.slice(13)}`;
}

/** Whether there is such a row is another question. */
export function rowOf(nonce: string): string {
  return String(Number.parseInt(nonce.replaceAll('-', '').slice(0, ROW_DIGITS), 16));
}
