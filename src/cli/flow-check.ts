/**
 * `heard flow check FILE...`: every problem as `file:line:column message`, and the document's own
 * tests. Errors end it with 1; warnings are shown and counted. It needs no settings and no database.
 */
import { installationOf } from '../app/installation.ts';
import { readSystemWords } from '../app/system-words-file.ts';
import { checkFlow } from '../flow/check/check-flow.ts';
import { compileFlow } from '../flow/compile.ts';
import type { Installation } from '../flow/flow.ts';
import { formatProblem, type Problem } from '../flow/problem.ts';
import { runFlowTests } from '../flow/run-tests.ts';
import type { Words } from '../flow/words.ts';
import { readConfig } from '../platform/config.ts';
import { type FlowFile, readFlowFile } from './flow-file.ts';
import type { CommandResult } from './output.ts';
import { readSettings } from './run-in-heard.ts';

export async function flowCheckCommand(files: readonly string[]): Promise<CommandResult> {
  const words = await readSystemWords();
  const installation = anyInstallation();
  const problems: Problem[] = [];
  const unreadable: string[] = [];
  let tests = 0;
  for (const file of files) {
    const read = await readFlowFile(file);
    if (read.kind === 'unreadable') unreadable.push(read.message);
    if (read.kind === 'problems') problems.push(...read.problems);
    if (read.kind !== 'loaded') continue;
    const checked = checkLoaded(read, words, installation);
    problems.push(...checked.problems);
    tests += checked.tests;
  }
  return told({ problems, unreadable, tests });
}

type Loaded = Extract<FlowFile, { kind: 'loaded' }>;

/** The rules first; a flow that breaks none of them also runs its own tests. */
export function checkLoaded(
  { document, source }: Loaded,
  words: Words,
  installation: Installation,
  today?: string,
): { readonly problems: readonly Problem[]; readonly tests: number } {
  const context = { words, installation, ...(today === undefined ? {} : { today }) };
  const problems = checkFlow(document, source, context);
  if (problems.some((problem) => problem.severity === 'error')) return { problems, tests: 0 };
  const flow = compileFlow(document, { words, installation });
  const results = runFlowTests(flow, document.tests ?? []);
  const failures = results.flatMap((result, at): Problem[] =>
    result.kind === 'passed'
      ? []
      : [
          {
            severity: 'error',
            file: source.file,
            ...source.valueAt(['tests', at]),
            path: `tests.${at}`,
            message: result.message,
          },
        ],
  );
  return { problems: [...problems, ...failures], tests: results.length };
}

function told({
  problems,
  unreadable,
  tests,
}: {
  readonly problems: readonly Problem[];
  readonly unreadable: readonly string[];
  readonly tests: number;
}): CommandResult {
  const errors = problems.filter((one) => one.severity === 'error').length + unreadable.length;
  const warnings = problems.length + unreadable.length - errors;
  const lines = [...unreadable, ...problems.map(formatProblem)];
  const summary = `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(tests, 'test')} run`;
  const json = { errors, warnings, tests, problems };
  return errors > 0
    ? { kind: 'refused', reasons: [...lines, summary], json, onStdout: true }
    : { kind: 'done', json, lines: [...lines, summary] };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The settings of this installation where they are there and right; otherwise plain ones. */
export function anyInstallation(): Installation {
  const settings = readSettings();
  if (settings.kind === 'config') return installationOf(settings.config);
  const plain = readConfig({});
  if (plain.kind === 'problems') throw new Error('the settings have no defaults');
  return installationOf(plain.config);
}
