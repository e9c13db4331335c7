/**
 * How every command speaks: plain lines for people, or one JSON object with `--json`, on stdout.
 * Logs go to stderr. A command ends as 0 done, 1 refused with the reason, 2 wrong usage.
 */
export type CommandResult =
  | {
      readonly kind: 'done';
      readonly json: object;
      readonly lines: readonly string[];
      /** Beside what was asked for: on stderr. */
      readonly notes?: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly reasons: readonly string[];
      readonly json?: object;
      /** The reasons are what was asked for (a check's problems), not news of a failure. */
      readonly onStdout?: boolean;
      readonly notes?: readonly string[];
    }
  | { readonly kind: 'wrong-usage'; readonly reasons: readonly string[] };

export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

export const terminal: Terminal = {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
};

/** Prints a result and gives the exit code. */
export function report(result: CommandResult, json: boolean, to: Terminal = terminal): 0 | 1 | 2 {
  if (result.kind === 'done') {
    if (json) to.out(JSON.stringify(result.json));
    else for (const line of result.lines) to.out(line);
    if (!json) for (const note of result.notes ?? []) to.error(note);
    return 0;
  }
  const asked = result.kind === 'refused' && result.onStdout === true;
  if (json) {
    const more = result.kind === 'refused' ? (result.json ?? {}) : {};
    to.out(JSON.stringify(asked ? more : { refused: result.reasons, ...more }));
  } else for (const reason of result.reasons) (asked ? to.out : to.error)(reason);
  if (!json && result.kind === 'refused') for (const note of result.notes ?? []) to.error(note);
  return result.kind === 'refused' ? 1 : 2;
}

/** A small table for people: columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
