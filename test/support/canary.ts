/**
 * Searches everything that left the program for canaries: words and numbers planted in a test that
 * may stand nowhere. Files are read as bytes, so a heap page or a log segment hides nothing; each
 * canary is looked for as text in two encodings, as hexadecimal and as base64 at every alignment.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface CanarySearch {
  readonly canaries: readonly string[];
  /** Files, or folders with everything below them. */
  readonly files: readonly string[];
  readonly texts: readonly string[];
}

/** Throws with where each canary was found, never with what stood around it. */
export async function assertNoCanary(search: CanarySearch): Promise<void> {
  const found = await findCanaries(search);
  if (found.length === 0) return;
  const some = found.slice(0, 10).join('; ');
  throw new Error(`canaries were found in ${found.length} places: ${some}`);
}

async function findCanaries({ canaries, files, texts }: CanarySearch): Promise<readonly string[]> {
  const shapes = canaries.flatMap((canary) => shapesOf(canary).map((bytes) => ({ canary, bytes })));
  const found: string[] = [];
  const look = (where: string, content: Buffer): void => {
    for (const { canary, bytes } of shapes) {
      if (content.includes(bytes)) found.push(`"${canary}" in ${where}`);
    }
  };
  for (const file of (await Promise.all(files.map(filesBelow))).flat()) {
    const content = await readFile(file).catch(() => undefined);
    if (content) look(file, content);
  }
  texts.forEach((text, at) => {
    look(`text ${at}`, Buffer.from(text, 'utf8'));
  });
  return [...new Set(found)];
}

/** Shorter ones stand in any file by chance. */
const SHORTEST = 6;

function shapesOf(canary: string): readonly Buffer[] {
  const utf8 = Buffer.from(canary, 'utf8');
  return [
    utf8,
    Buffer.from(canary, 'utf16le'),
    Buffer.from(utf8.toString('hex'), 'latin1'),
    ...[0, 1, 2].map((shift) => base64Core(utf8, shift)),
  ].filter((shape) => shape.length >= SHORTEST);
}

/** The part of the base64 that is the same whatever stands before and after. */
function base64Core(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  const from = shift === 0 ? 0 : 4;
  return Buffer.from(text.slice(from, text.length - 4), 'latin1');
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const here = await stat(path).catch(() => undefined);
  if (!here?.isDirectory()) return here?.isFile() ? [path] : [];
  const names = await readdir(path).catch(() => []);
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}
