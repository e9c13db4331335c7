/** Flow texts checked as an officer's file would be, with the program's own sentences. */
import { readFileSync } from 'node:fs';
import { checkFlowFile } from '../../src/flow/check/check-file.ts';
import type { Installation } from '../../src/flow/flow.ts';
import { formatProblem } from '../../src/flow/problem.ts';
import { loadSystemWords } from '../../src/flow/system-words.ts';
import type { Words } from '../../src/flow/words.ts';

export const installation: Installation = {
  organisation: 'Bury Council',
  timeZone: 'Europe/London',
  coolingOffHours: 72,
  hasSafeguardingLead: true,
  publicUrl: 'https://bury.example',
};

export const words = systemWords();

export function checked(text: string, resolvePlaces?: (name: string) => string | undefined) {
  const options = { file: 'a.flow.yaml', words, installation, today: '2026-11-20' };
  return checkFlowFile(text, resolvePlaces === undefined ? options : { ...options, resolvePlaces });
}

/** `line:column message`, without the file's name. */
export function problemsOf(text: string): readonly string[] {
  return checked(text).problems.map((problem) =>
    formatProblem(problem).replace('a.flow.yaml:', ''),
  );
}

function systemWords(): Words {
  const file = 'flows/system.yaml';
  const loaded = loadSystemWords(readFileSync(file, 'utf8'), { file });
  if (loaded.kind === 'refused') throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return loaded.words;
}
