/**
 * The schema's findings one by one. Where a setting may take several forms, the schema tells what
 * is wrong with each of them; here the form that was meant is chosen and the rest is dropped.
 */
import type { z } from 'zod';
import type { Path } from './read-yaml.ts';
import { isRecord } from './schema-words.ts';

export type Issue = z.core.$ZodIssue;

export interface Leaf {
  readonly issue: Issue;
  /** From the top of the file. */
  readonly path: Path;
}

export function leavesOf(
  issues: readonly Issue[],
  value: unknown,
  above: Path = [],
): readonly Leaf[] {
  return issues.flatMap((issue) => {
    const path: Path = [...above, ...issue.path.map(asPart)];
    const here = valueAt(value, path);
    const isChoice = issue.code === 'invalid_union' && issue.errors.length > 0;
    if (!isChoice || isStepOfNeitherKind(path, here)) return [{ issue, path }];
    return leavesOf(likeliest(issue.errors, here), value, path);
  });
}

/**
 * Which of several forms was meant: the one that is at least of the right make. A step with "ask"
 * is a question, an option with "label" is the long form.
 */
function likeliest(errors: readonly (readonly Issue[])[], value: unknown): readonly Issue[] {
  const first = errors[0] ?? [];
  if (isRecord(value) && 'ask' in value) return first;
  if (isRecord(value) && 'label' in value) return errors.at(-1) ?? first;
  return errors.find((issues) => !issues.some(isOfAnotherMake)) ?? first;
}

function isOfAnotherMake(issue: Issue): boolean {
  if (issue.code === 'invalid_union') return issue.discriminator !== undefined;
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

/** A step with no "ask", "say" or "end": nobody can tell what it was to be. */
export function isStepOfNeitherKind(path: Path, step: unknown): boolean {
  if (path.length !== 2 || path[0] !== 'steps') return false;
  return isRecord(step) && !('ask' in step || 'say' in step || 'end' in step);
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (Array.isArray(found)) found = found[Number(part)];
    else if (isRecord(found) && Object.hasOwn(found, part)) found = found[part];
    else return undefined;
  }
  return found;
}

function asPart(part: PropertyKey): string | number {
  return typeof part === 'number' ? part : String(part);
}
