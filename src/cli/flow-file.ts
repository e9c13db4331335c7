/**
 * Reads a flow file from disk, with the list files that lie beside it, and checks it: the rules, and
 * the document's own tests where it breaks none of them.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkFlowFile } from '../flow/check/check-file.ts';
import type { CheckContext } from '../flow/check/subject.ts';
import type { FlowDocument } from '../flow/document.ts';
import type { Flow } from '../flow/flow.ts';
import type { MessageCost } from '../flow/flow-cost.ts';
import type { Problem } from '../flow/problem.ts';
import { readYaml } from '../flow/read-yaml.ts';
import { runFlowTests } from '../flow/run-tests.ts';

export type FlowFile =
  | {
      readonly kind: 'sound';
      readonly document: FlowDocument;
      readonly flow: Flow;
      readonly cost: readonly MessageCost[];
      /** Warnings only. */
      readonly problems: readonly Problem[];
      readonly tests: number;
    }
  | { readonly kind: 'unsound'; readonly problems: readonly Problem[]; readonly tests: number };

export async function readFlowFile(file: string, context: CheckContext): Promise<FlowFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { kind: 'unsound', problems: [unreadable(file)], tests: 0 };
  }
  const checked = checkFlowFile(text, {
    ...context,
    file,
    resolvePlaces: (name) => listBeside(file, name),
  });
  if (checked.kind === 'unsound') return { ...checked, tests: 0 };
  const { failures, tests } = testProblems(checked.flow, checked.document, { file, text });
  return failures.length > 0
    ? { kind: 'unsound', problems: [...checked.problems, ...failures], tests }
    : { ...checked, tests };
}

function testProblems(
  flow: Flow,
  document: FlowDocument,
  { file, text }: { readonly file: string; readonly text: string },
): { readonly failures: readonly Problem[]; readonly tests: number } {
  const results = runFlowTests(flow, document.tests ?? []);
  const read = readYaml(text, file);
  const failures = results.flatMap((result, at): Problem[] => {
    if (result.kind === 'passed') return [];
    const place =
      read.kind === 'refused' ? { line: 1, column: 1 } : read.source.valueAt(['tests', at]);
    return [{ severity: 'error', file, ...place, path: `tests.${at}`, message: result.message }];
  });
  return { failures, tests: results.length };
}

/** Only files in the flow's own folder: a flow must not read anything else of this machine. */
function listBeside(file: string, name: string): string | undefined {
  if (basename(name) !== name) return undefined;
  try {
    return readFileSync(join(dirname(file), name), 'utf8');
  } catch {
    return undefined;
  }
}

function unreadable(file: string): Problem {
  const message = 'There is no file here that can be read.';
  return { severity: 'error', file, line: 1, column: 1, path: '', message };
}
