/** Reads the sentences of the pages, which stand beside the program's own in flows/system.yaml. */
import { readFile } from 'node:fs/promises';
import { type PageWords, parsePageWords } from '../platform/pages/page-words.ts';

export async function readPageWords(): Promise<PageWords> {
  const file = new URL('../../flows/system.yaml', import.meta.url);
  return parsePageWords(await readFile(file, 'utf8'));
}
