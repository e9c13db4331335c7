/**
 * Reads on past what the schema refuses, so that one slip does not hide every other mistake in the
 * file: misspelt settings count as what they are likely to be, impossible ones as not there. What
 * comes out is for finding more problems only; it must never be run.
 */
import { nearest } from './did-you-mean.ts';
import { type FlowDocument, flowDocument } from './document.ts';
import { KINDS, settingsAt } from './document-settings.ts';
import type { Path } from './read-yaml.ts';
import { type Issue, leavesOf, valueAt } from './schema-issues.ts';
import { isLocalised, isRecord } from './schema-words.ts';

const MOST_ROUNDS = 6;

/** The document as it is likely to be meant; undefined where nobody could tell. */
export function likelyDocument(value: unknown): FlowDocument | undefined {
  const draft: unknown = structuredClone(value);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const parsed = flowDocument.safeParse(draft);
    if (parsed.success) return parsed.data;
    if (!mended(draft, leavesOf(parsed.error.issues, draft))) return undefined;
  }
  return undefined;
}

function mended(
  draft: unknown,
  leaves: readonly { readonly issue: Issue; readonly path: Path }[],
): boolean {
  let any = false;
  for (const { issue, path } of leaves) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) any = renamed(valueAt(draft, path), key, path) || any;
    } else any = replaced(draft, path) || any;
  }
  return any;
}

function renamed(holder: unknown, key: string, path: Path): boolean {
  if (!isOpen(holder) || !(key in holder)) return false;
  const likely = nearest(key, settingsAt(path, holder.ask ?? undefined));
  if (likely !== undefined && !(likely in holder)) holder[likely] = holder[key];
  delete holder[key];
  return true;
}

/** Takes away what cannot stand there, or puts there what the rest can be read with. */
function replaced(draft: unknown, path: Path): boolean {
  const name = path.at(-1);
  const holder = valueAt(draft, path.slice(0, -1));
  if (name === undefined || !isOpen(holder)) return false;
  if (name === 'ask') {
    holder.ask = nearest(String(holder.ask), KINDS) ?? 'text';
    return true;
  }
  if (Object.hasOwn(holder, name)) {
    delete holder[name];
    return true;
  }
  const standIn = standInFor(draft, path);
  if (standIn !== undefined) holder[name] = standIn;
  return standIn !== undefined;
}

function standInFor(draft: unknown, path: Path): unknown {
  if (!isRecord(draft)) return undefined;
  const languages = Array.isArray(draft.languages) ? draft.languages.map(String) : ['en'];
  if (isLocalised(path)) return Object.fromEntries(languages.map((code) => [code, '...']));
  if (path.length > 1) return undefined;
  if (path[0] === 'version') return 1;
  if (path[0] === 'flow') return 'flow';
  if (path[0] === 'languages') return ['en'];
  return path[0] === 'start' && isRecord(draft.steps) ? Object.keys(draft.steps)[0] : undefined;
}

function isOpen(value: unknown): value is Record<string, unknown> {
  return isRecord(value);
}
