/**
 * A flow's file, read and checked in one go: what the command line, a launch and the console ask.
 * Every problem of the file comes out at once; a flow comes out only where nothing is an error.
 */
import { compileFlow } from '../compile.ts';
import type { FlowDocument } from '../document.ts';
import type { Flow } from '../flow.ts';
import { flowCost, type MessageCost } from '../flow-cost.ts';
import { type LoadOptions, loadFlow } from '../load.ts';
import { inOrderOfPlace, type Problem } from '../problem.ts';
import { checkFlow } from './check-flow.ts';
import type { CheckContext } from './subject.ts';

export type CheckedFile =
  | {
      readonly kind: 'sound';
      readonly document: FlowDocument;
      readonly flow: Flow;
      readonly cost: readonly MessageCost[];
      /** Warnings only. */
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'unsound'; readonly problems: readonly Problem[] };

export function checkFlowFile(text: string, options: LoadOptions & CheckContext): CheckedFile {
  const loaded = loadFlow(text, options);
  if (loaded.kind === 'refused') {
    const { draft, problems } = loaded;
    const more = draft === undefined ? [] : checkFlow(draft.document, draft.source, options);
    return { kind: 'unsound', problems: inOrderOfPlace([...problems, ...news(more, problems)]) };
  }
  const { document, source } = loaded;
  const problems = checkFlow(document, source, options);
  if (problems.some((problem) => problem.severity === 'error'))
    return { kind: 'unsound', problems };
  const flow = compileFlow(document, options);
  return { kind: 'sound', document, flow, cost: flowCost(flow), problems };
}

/** Nothing twice about one place: what the schema said of it is enough. */
function news(more: readonly Problem[], told: readonly Problem[]): readonly Problem[] {
  const paths = new Set(told.map((problem) => problem.path));
  const isTold = (path: string): boolean =>
    paths.has(path) || (path.includes('.') && isTold(path.slice(0, path.lastIndexOf('.'))));
  return more.filter(({ path }) => !isTold(path));
}
