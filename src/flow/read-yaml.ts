/**
 * Reads a file that people write and keeps the place of everything in it, so that each problem can
 * be shown where it is. It takes plain YAML only: no anchors, no tags, no two keys of one name. It
 * must never throw, whatever the text is.
 */
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { Problem } from './problem.ts';
import { yamlInPlainWords } from './yaml-words.ts';

export type Path = readonly (string | number)[];

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where things stand in a file that was read. */
export interface Source {
  readonly file: string;
  /** The place of the value at the path, or of the nearest thing around it. */
  readonly valueAt: (path: Path) => Place;
  /** The place of the key that names the value. */
  readonly keyAt: (path: Path) => Place;
  /** The place of a character inside a text of the file, where the text is written on one line. */
  readonly insideAt: (path: Path, offset: number) => Place;
}

export type YamlRead =
  | { readonly kind: 'read'; readonly value: unknown; readonly source: Source }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const LARGEST = 1_000_000;
const NOT_A_NAME = new Set(['__proto__', 'constructor', 'prototype']);

export function readYaml(text: string, file: string): YamlRead {
  if (text.length > LARGEST) {
    return refused(file, { line: 1, column: 1 }, 'This file is too large: 1 MB is the most.');
  }
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const source = sourceOf(document, text, file, counter);
  const problems = [
    ...syntaxProblems(document.errors, text, file, counter),
    ...notAllowed(document, file, counter),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };
  if (document.contents === null)
    return refused(file, { line: 1, column: 1 }, 'This file is empty.');
  return { kind: 'read', value: document.toJS({ maxAliasCount: 0 }), source };
}

function refused(file: string, place: Place, message: string): YamlRead {
  return { kind: 'refused', problems: [{ severity: 'error', file, ...place, path: '', message }] };
}

/** One slip makes the parser stumble on: after the first of a kind only doubled keys are news. */
function syntaxProblems(
  errors: readonly YAMLError[],
  text: string,
  file: string,
  counter: LineCounter,
): readonly Problem[] {
  const first = errors.find((error) => error.code !== 'DUPLICATE_KEY');
  return errors
    .filter((error) => error === first || error.code === 'DUPLICATE_KEY')
    .map((error) => {
      const place = placeOf(counter, error.pos[0]);
      const message = yamlInPlainWords(error.code, text.slice(error.pos[0], error.pos[0] + 60));
      return { severity: 'error', file, ...place, path: '', message };
    });
}

function notAllowed(document: Document.Parsed, file: string, counter: LineCounter): Problem[] {
  const problems: Problem[] = [];
  const waiting: unknown[] = [document.contents];
  for (const node of waiting) {
    const message = whyNot(node);
    if (message !== undefined) {
      const at = placeOf(counter, startOf(isPair(node) ? node.key : node) ?? 0);
      problems.push({ severity: 'error', file, ...at, path: '', message });
    } else if (isPair(node)) waiting.push(node.value);
    else if (isMap(node) || isSeq(node)) for (const item of node.items) waiting.push(item);
  }
  return problems;
}

function whyNot(node: unknown): string | undefined {
  if (isAlias(node)) return 'Write the text out here: a reference with * is not allowed.';
  if (isPair(node)) {
    if (!isScalar(node.key)) return 'The name before a colon must be one word.';
    return NOT_A_NAME.has(String(node.key.value))
      ? `"${String(node.key.value)}" cannot be used as a name here.`
      : undefined;
  }
  if (isScalar(node) || isMap(node) || isSeq(node)) {
    if (node.anchor !== undefined)
      return 'A name with & is not allowed here. Put quotes around a text that begins with &.';
    if (node.tag?.startsWith('!'))
      return 'A mark with ! is not allowed here. Put quotes around a text that begins with !.';
  }
  return undefined;
}

function sourceOf(
  document: Document.Parsed,
  text: string,
  file: string,
  counter: LineCounter,
): Source {
  const placeAt = (node: unknown): Place => placeOf(counter, startOf(node) ?? 0);
  return {
    file,
    valueAt: (path) => placeAt(nearest(document.contents, path).value),
    keyAt: (path) => {
      const { key, value } = nearest(document.contents, path);
      return placeAt(key ?? value);
    },
    insideAt: (path, offset) => {
      const { value } = nearest(document.contents, path);
      return placeOf(counter, (startOf(value) ?? 0) + offsetInside(value, text, offset));
    },
  };
}

interface Found {
  readonly key: unknown;
  readonly value: unknown;
}

function nearest(contents: unknown, path: Path): Found {
  let found: Found = { key: null, value: contents };
  for (const part of path) {
    // A part that is not there is passed over: short forms leave parts out (`next: why`).
    found = within(found.value, part) ?? found;
  }
  return found.value === null ? { key: found.key, value: found.key ?? contents } : found;
}

function within(node: unknown, part: string | number): Found | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(part)];
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(
    (item) => isScalar(item.key) && String(item.key.value) === String(part),
  );
  return pair === undefined ? undefined : { key: pair.key, value: pair.value };
}

function startOf(node: unknown): number | undefined {
  return isNodeWithRange(node) ? node.range?.[0] : undefined;
}

function isNodeWithRange(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
}

/** Only where the text stands in the file as it is: on one line, with nothing escaped in it. */
function offsetInside(node: unknown, text: string, offset: number): number {
  if (!isScalar(node) || !node.range || typeof node.value !== 'string') return 0;
  const raw = text.slice(node.range[0], node.range[1]);
  const quote = raw.startsWith('"') || raw.startsWith("'") ? 1 : 0;
  return raw.slice(quote, raw.length - quote) === node.value ? quote + offset : 0;
}

function placeOf(counter: LineCounter, offset: number): Place {
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
