/**
 * Each invariant has been seen to fail with the program itself broken, and can be seen so again. That
 * a breakage is listed for it is always looked at; that it is noticed, on request.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { BREAKAGES, BREAKAGES_OF_HOURS } from './breakages.ts';
import { play } from './hours/night.ts';
import { NIGHTS } from './hours/nights.ts';
import { onlyInHours } from './hours/only-in-hours.ts';
import { INVARIANTS } from './invariants/invariants.ts';
import { startOwnPostgres } from './own-postgres.ts';
import { run } from './run.ts';

const SEED = Number(process.env['FAULT_SEED'] ?? 1);

test.each([...BREAKAGES, ...BREAKAGES_OF_HOURS])(
  'what is to be broken is there: $by',
  async ({ lines }) => {
    for (const { file, right } of lines) {
      const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
      expect(source.split(right)).toHaveLength(2);
    }
  },
);

test('there is a program that is broken for each invariant', () => {
  const shown = new Set<string>(BREAKAGES.map(({ breaks }) => breaks));
  expect(Object.keys(INVARIANTS).filter((name) => !shown.has(name))).toEqual([]);
});

/** On request: each breaks the program, and takes a whole run to be seen. */
const IS_ASKED = process.env['FAULT_BREAKAGES'] !== undefined;

test.each(IS_ASKED ? BREAKAGES : [])(
  'with the program broken, $breaks fails: $by',
  async (breakage) => {
    const postgres = await startOwnPostgres();
    try {
      const { whatIsBroken } = await run(SEED, postgres, breakage);
      console.log(`${breakage.by}\n  ${whatIsBroken.join('\n  ')}`);
      expect(whatIsBroken).toContainEqual(expect.stringContaining(`${breakage.breaks}: `));
    } finally {
      await postgres.stop();
    }
  },
);

test.each(IS_ASKED ? BREAKAGES_OF_HOURS : [])(
  'something leaves at a wrong hour: $by',
  async ({ night, ...wrong }) => {
    const postgres = await startOwnPostgres();
    try {
      const { left } = await play(NIGHTS[night], postgres, wrong);
      expect(onlyInHours(left)).not.toEqual([]);
    } finally {
      await postgres.stop();
    }
  },
);
