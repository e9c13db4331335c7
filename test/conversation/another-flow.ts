/** A second consultation beside the park: the shipped flow under another keyword. */
import { readFile } from 'node:fs/promises';
import type { Consultation } from '../../src/consultation/consultations.ts';
import { launchText, type TestHeard } from '../support/open-test-heard.ts';

export async function anotherFlow(
  { heard }: TestHeard,
  keyword: string,
  ages = '[11, 18]',
): Promise<Consultation> {
  const file = new URL('../../flows/chesham-park.flow.yaml', import.meta.url);
  const text = (await readFile(file, 'utf8'))
    .replace(/^flow: .*$/m, `flow: ${keyword.toLowerCase()}`)
    .replace(/^keyword: .*$/m, `keyword: ${keyword}`)
    .replace(/^ages: .*$/m, `ages: ${ages}`);
  return launchText(heard, text, `${keyword}.flow.yaml`);
}
