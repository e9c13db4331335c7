/**
 * `heard flow check FILE...`: every problem as `file:line:column message`, and the document's own
 * tests. Errors end it with 1; warnings are shown and counted. It needs no settings and no database.
 */
import { installationOf } from '../app/installation.ts';
import { readSystemWords } from '../app/system-words-file.ts';
import type { Installation } from '../flow/flow.ts';
import type { MessageCost } from '../flow/flow-cost.ts';
import { formatProblem, type Problem } from '../flow/problem.ts';
import { readConfig } from '../platform/config.ts';
import { readFlowFile } from './flow-file.ts';
import { type CommandResult, table } from './output.ts';
import { readSettings } from './run-in-heard.ts';

export interface FlowCheckOptions {
  /** Also print what each message costs by text, in each language. */
  readonly parts: boolean;
}

export async function flowCheckCommand(
  files: readonly string[],
  { parts }: FlowCheckOptions,
): Promise<CommandResult> {
  const context = { words: await readSystemWords(), installation: anyInstallation() };
  const problems: Problem[] = [];
  const costs: { readonly file: string; readonly messages: readonly MessageCost[] }[] = [];
  let tests = 0;
  for (const file of files) {
    const checked = await readFlowFile(file, context);
    problems.push(...checked.problems);
    tests += checked.tests;
    if (checked.kind === 'sound') costs.push({ file, messages: checked.cost });
  }
  const errors = problems.filter((one) => one.severity === 'error').length;
  const warnings = problems.length - errors;
  const lines = [
    ...problems.map(formatProblem),
    ...(parts ? costs.flatMap(({ file, messages }) => ['', file, ...costLines(messages)]) : []),
  ];
  const notes = [
    `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(tests, 'test')} run`,
  ];
  const json = { errors, warnings, tests, problems, costs: costs.map(withoutTexts) };
  return errors > 0
    ? { kind: 'refused', reasons: lines, json, onStdout: true, notes }
    : { kind: 'done', json, lines, notes };
}

function costLines(messages: readonly MessageCost[]): readonly string[] {
  return table([
    ['  message', 'language', 'parts', 'characters', 'dear characters'],
    ...messages.map((one) => [
      `  ${one.step}`,
      one.language,
      String(one.parts),
      String(one.length),
      one.dear.slice(0, 12).join(' '),
    ]),
  ]);
}

function withoutTexts({
  file,
  messages,
}: {
  readonly file: string;
  readonly messages: readonly MessageCost[];
}): object {
  return {
    file,
    messages: messages.map(({ step, language, parts, length, encoding, dear }) => ({
      step,
      language,
      parts,
      length,
      encoding,
      dear,
    })),
  };
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
