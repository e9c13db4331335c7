/** A list of messages as one reads it: one a line. */
export function lines(block: string): readonly string[] {
  return block.split('\n').filter((line) => line.trim() !== '');
}
