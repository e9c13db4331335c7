/**
 * What every rule looks at, and what it finds. A rule reads the subject and returns findings; it
 * must never throw, whatever the officer wrote, and never know where in the file things stand.
 */
import { kindsOf } from '../compile.ts';
import { conditionReader, type ReadCondition } from '../condition.ts';
import { nearest } from '../did-you-mean.ts';
import { type FlowDocument, isQuestion } from '../document.ts';
import type { Installation } from '../flow.ts';
import type { Path } from '../read-yaml.ts';
import { branchesOf, type StepLinks, stepsBelow } from '../step-links.ts';
import type { QuestionKind } from '../values.ts';
import type { Words } from '../words.ts';

export interface CheckContext {
  readonly words: Words;
  readonly installation: Installation;
  /** ISO date. Given at a launch: a promise may not be in the past. */
  readonly today?: string;
}

interface ReadBranch {
  readonly step: string;
  readonly place: number;
  readonly go: string;
  readonly read?: ReadCondition;
}

export interface Subject extends CheckContext {
  readonly document: FlowDocument;
  readonly kinds: ReadonlyMap<string, QuestionKind>;
  readonly branches: readonly ReadBranch[];
  /** As the officer meant it: a misspelt step counts as the one it is likely to be. */
  readonly meant: StepLinks;
}

export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  /** Show the name of the setting, not its value. */
  readonly onKey?: boolean;
  /** Show this character of the value. */
  readonly offset?: number;
  readonly message: string;
}

export type Rule = (subject: Subject) => readonly Finding[];

export function error(path: Path, message: string): Finding {
  return { severity: 'error', path, message };
}

export function warning(path: Path, message: string): Finding {
  return { severity: 'warning', path, message };
}

export function onKey(finding: Finding): Finding {
  return { ...finding, onKey: true };
}

export function subjectOf(document: FlowDocument, context: CheckContext): Subject {
  const kinds = kindsOf(document);
  const read = conditionReader(kinds);
  const below = stepsBelow(document);
  const branches = Object.entries(document.steps).flatMap(([id, step]) =>
    branchesOf(step, below.get(id)).map(
      (branch, place): ReadBranch => ({
        step: id,
        place,
        go: branch.go,
        ...(branch.when === undefined ? {} : { read: read(branch.when) }),
      }),
    ),
  );
  return { ...context, document, kinds, branches, meant: meantLinks(document, branches) };
}

function meantLinks(document: FlowDocument, branches: readonly ReadBranch[]): StepLinks {
  const ids = Object.keys(document.steps);
  const known = new Set(ids);
  const likely = (id: string): string[] => (known.has(id) ? [id] : likelyStep(id, ids));
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const branch of branches) next.get(branch.step)?.push(...likely(branch.go));
  const all = new Map<string, readonly string[]>();
  for (const [id, step] of Object.entries(document.steps)) {
    const failed = isQuestion(step) && step.on_failure ? likely(step.on_failure) : [];
    all.set(id, [...(next.get(id) ?? []), ...failed]);
  }
  return { next, all };
}

function likelyStep(id: string, ids: readonly string[]): string[] {
  const step = nearest(id, ids);
  return step === undefined ? [] : [step];
}
