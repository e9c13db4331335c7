/** The words of the web pages as they are shipped. */
import { readFileSync } from 'node:fs';
import { parsePageWords } from '../../src/platform/pages/page-words.ts';

export const shippedSystemYaml = readFileSync(
  new URL('../../flows/system.yaml', import.meta.url),
  'utf8',
);

export const pageWords = parsePageWords(shippedSystemYaml);
