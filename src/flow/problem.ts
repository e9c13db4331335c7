/**
 * A mistake in a file that an officer wrote, with its place and in plain words. An error stops a
 * launch, a warning is shown and counted. A message must never speak of schemas or types, and never
 * quote what a participant said.
 */

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** `steps.topics.options`: where in the document, for readers that are programs. */
  readonly path: string;
  readonly message: string;
}

/** `file:line:column message`; a warning says that it is one. */
export function formatProblem(problem: Problem): string {
  const mark = problem.severity === 'warning' ? 'Warning: ' : '';
  return `${problem.file}:${problem.line}:${problem.column} ${mark}${problem.message}`;
}

export function inOrderOfPlace(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      a.line - b.line ||
      a.column - b.column ||
      a.severity.localeCompare(b.severity) ||
      a.message.localeCompare(b.message),
  );
}
