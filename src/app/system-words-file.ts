/** Reads flows/system.yaml. A program whose own sentences have problems must not start. */
import { readFile } from 'node:fs/promises';
import { loadSystemWords } from '../flow/system-words.ts';
import type { Words } from '../flow/words.ts';

const FILE = new URL('../../flows/system.yaml', import.meta.url);

export async function readSystemWords(): Promise<Words> {
  const loaded = loadSystemWords(await readFile(FILE, 'utf8'), { file: 'flows/system.yaml' });
  if (loaded.kind === 'loaded') return loaded.words;
  const told = loaded.problems.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`);
  throw new Error(`Heard cannot speak: ${told.join('; ')}`);
}
