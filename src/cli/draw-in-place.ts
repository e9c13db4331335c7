/**
 * Draws lines over those that were drawn before, on a terminal of any width. What is too wide is
 * broken between words: a terminal that wrapped it would make the next drawing begin too low. A
 * window that was made narrower meanwhile has wrapped what stands there, and that is counted.
 */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  readonly rows: () => number;
}

export function drawerOn({ write, columns, rows }: Terminal): (lines: readonly string[]) => void {
  let drawn: readonly string[] = [];
  return (now) => {
    const width = Math.max(1, columns());
    const up = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
    // The cursor stands below the last line, and cannot go up beyond the top of the window.
    const height = Math.max(1, rows() - 1);
    drawn = now.flatMap((line) => broken(line, width)).slice(-height);
    const back = up > 0 ? `\u001b[${Math.min(up, height)}A` : '';
    // Row by row: some terminals keep a copy of what is cleared from the top of the window.
    write(`${back}\r${drawn.map((line) => `${line}\u001b[K\n`).join('')}\u001b[0J`);
  };
}

const INDENT = '  ';

/** Between words where it can be; one column stays free, for some terminals wrap at the last. */
function broken(line: string, columns: number): readonly string[] {
  const width = Math.max(1, columns - 1);
  const parts: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const at = space > INDENT.length ? space : width;
    parts.push(rest.slice(0, at).trimEnd());
    const indent = width > 2 * INDENT.length ? INDENT : '';
    rest = `${indent}${rest.slice(at).trimStart()}`;
  }
  return [...parts, rest];
}
