/**
 * `npm run bench [-- NAME...]`: measures what Heard promises about speed, each figure beside a
 * reference of the same run, prints a table and writes bench/results.json. It asserts nothing: a
 * slow machine is no bug.
 */
import { writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { benchAdvance } from './advance.ts';
import type { BenchRow } from './bench-row.ts';
import { benchDrain, benchDrainMemory } from './drain.ts';
import { benchInbound } from './inbound.ts';
import { benchInteractions } from './interactions.ts';
import { benchPlanning } from './planning.ts';
import { benchRate } from './rate.ts';
import { benchRelease } from './release.ts';
import { benchStart } from './start.ts';

const BENCHES: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  advance: benchAdvance,
  drain: benchDrain,
  'drain-memory': benchDrainMemory,
  inbound: benchInbound,
  interactions: benchInteractions,
  planning: benchPlanning,
  rate: benchRate,
  release: benchRelease,
  start: benchStart,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(
    `There is no bench called ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`,
  );
  process.exit(2);
}

const rows: BenchRow[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`measuring ${name} ...`);
  const measured = await bench();
  rows.push(...measured);
  for (const row of measured) console.log(lineOf(row));
}
await writeFile(new URL('results.json', import.meta.url), `${JSON.stringify(rows, null, 2)}\n`);

function lineOf(row: BenchRow): string {
  const figure = `${row.value.toLocaleString('en-GB')} ${row.unit}`;
  const beside = row.reference === null ? '' : `beside ${row.reference.toLocaleString('en-GB')}`;
  const ratio = row.ratio === null ? '' : `= ${row.ratio}`;
  const verdict = row.holds ? styleText('green', 'holds') : styleText('red', 'misses');
  return [
    row.name.padEnd(52),
    figure.padStart(18),
    `${beside} ${ratio}`.trim().padEnd(26),
    row.goal === 'noted' ? 'noted' : `${verdict} (${row.goal})`,
  ].join('  ');
}
