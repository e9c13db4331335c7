/** How `npm start` starts Node: the same flags, read from where they stand. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const { start } = z
  .object({ scripts: z.object({ start: z.string() }) })
  .parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))).scripts;

/** Between `node` and the program's own `src/cli.ts start`. */
export const AS_STARTED: readonly string[] = start.split(' ').slice(1, -2);
