/**
 * What the schema found wrong, in words for an officer and with its place in the file. Nobody who
 * writes a flow should ever read a word of the schema library.
 */
import type { z } from 'zod';
import { didYouMean, nearest } from './did-you-mean.ts';
import { settingsAt } from './document-settings.ts';
import type { Problem } from './problem.ts';
import type { Path, Source } from './read-yaml.ts';
import { isStepOfNeitherKind, type Leaf, leavesOf, valueAt } from './schema-issues.ts';
import { isRecord, wordsForIssue } from './schema-words.ts';

export function schemaProblems(
  error: z.core.$ZodError,
  value: unknown,
  source: Source,
): readonly Problem[] {
  const leaves = leavesOf(error.issues, value);
  return withoutEchoes(leaves.flatMap((leaf) => problemsOf(leaf, value, source)));
}

/** One slip gives one problem: not also that the right word is missing, nor a second at its place. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  const meant = new Set<string>();
  for (const { path, message } of problems) {
    const likely = / Did you mean "([^"]+)"\?$/.exec(message)?.[1];
    if (likely !== undefined) meant.add(`${path.slice(0, path.lastIndexOf('.') + 1)}${likely}`);
  }
  const told = new Set<string>();
  return problems.filter(({ path, message }) => {
    const isEcho = told.has(path) || (meant.has(path) && message.endsWith(' is missing here.'));
    told.add(path);
    return !isEcho;
  });
}

function problemsOf({ issue, path }: Leaf, value: unknown, source: Source): readonly Problem[] {
  const found = valueAt(value, path);
  if (isStepOfNeitherKind(path, found)) return [neitherKind(path, value, source)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownSetting(key, path, value, source));
  }
  const named = issue.code === 'invalid_key' || found === undefined;
  const at = named ? source.keyAt(path) : source.valueAt(path);
  return [problem(source, path, at, wordsForIssue(issue, path, found))];
}

function neitherKind(path: Path, value: unknown, source: Source): Problem {
  const step = valueAt(value, path);
  const slip = Object.keys(isRecord(step) ? step : {}).find((key) => nearest(key, ['ask', 'say']));
  return slip === undefined
    ? problem(
        source,
        path,
        source.keyAt(path),
        'This step needs "ask" (a question) or "say" (something to say).',
      )
    : unknownSetting(slip, path, value, source, ['ask', 'say']);
}

function unknownSetting(
  key: string,
  path: Path,
  value: unknown,
  source: Source,
  known?: readonly string[],
): Problem {
  const here = valueAt(value, path);
  const ask = isRecord(here) ? here.ask : undefined;
  const likely = didYouMean(key, known ?? settingsAt(path, ask));
  const at = source.keyAt([...path, key]);
  const message =
    typeof ask === 'string' && likely === ''
      ? `A ${ask} question has no setting called "${key}".`
      : `There is no setting called "${key}" here.${likely}`;
  return problem(source, [...path, key], at, message);
}

function problem(
  source: Source,
  path: Path,
  place: { readonly line: number; readonly column: number },
  message: string,
): Problem {
  return { severity: 'error', file: source.file, ...place, path: path.join('.'), message };
}
