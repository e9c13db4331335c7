/** The labelled messages: read once, for the tests and for the script that learns from them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const set = z.strictObject({
  disclosures: z.array(
    z.strictObject({ level: z.enum(['red', 'amber']), kind: z.string(), text: z.string() }),
  ),
  ordinary: z.array(z.string()),
});
export type LabelledSet = z.output<typeof set>;

export const labelled = z
  .strictObject({ tuned: set, held_out: set, written_later: set })
  .parse(parse(readFileSync(new URL('phrases.yaml', import.meta.url), 'utf8')));
