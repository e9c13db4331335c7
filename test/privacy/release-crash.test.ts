import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { destroyDueBatchKeys } from '../../src/privacy/batch-sweeps.ts';
import { poolCounts, withdraw } from '../../src/privacy/pool.ts';
import { releaseConsultation } from '../../src/privacy/release.ts';
import type { ReleasePoint } from '../../src/privacy/release-tools.ts';
import {
  finishMany,
  newConsultation,
  type PrivacyFixture,
  privacyFixture,
  releasedAnswers,
  TODAY,
} from './privacy-fixture.ts';

const PEOPLE = 30;
const POINTS: readonly ReleasePoint[] = [
  'batch-closed',
  'locked',
  'stored',
  'carried',
  'dropped',
  'committed',
];

describe('a process killed in the middle of a release', () => {
  for (const point of POINTS) {
    it(`at "${point}" loses nothing, and the next releases nothing twice`, async () => {
      const fixture = await privacyFixture();
      try {
        const consultation = await newConsultation(fixture);
        const people = await finishMany(fixture, consultation, PEOPLE, {
          eligibleOn: '2020-01-01',
        });
        await killAt(point, fixture, consultation);

        const released = await releasedAnswers(fixture.pool, consultation);
        expect(released).toHaveLength(point === 'committed' ? PEOPLE - 10 : 0);
        const left = await poolCounts(fixture.pool, { consultation, today: TODAY });
        expect(released.length + left.finished).toBe(PEOPLE);

        const overdue = await destroyDueBatchKeys(fixture.pool, fixture.keys);
        expect(overdue).toHaveLength(point === 'committed' ? 1 : 0);
        const taken = await withdrawFirstLeft(fixture, consultation, people);
        await releaseConsultation(fixture.tools, { consultation, closing: false });
        await releaseConsultation(fixture.tools, { consultation, closing: true });
        const all = await releasedAnswers(fixture.pool, consultation);
        const lastMayGo = point !== 'committed';
        expect(new Set(all).size).toBe(all.length);
        expect(all).toHaveLength(lastMayGo ? PEOPLE - 1 : PEOPLE - 10);
        if (lastMayGo) expect(all).not.toContain(`answer-${taken}`);
        expect(await fixture.keys.batches()).toEqual([]);
      } finally {
        await fixture.end();
      }
    });
  }
});

/** Someone takes their answers back after the crash; gives who. */
async function withdrawFirstLeft(
  fixture: PrivacyFixture,
  consultation: string,
  people: readonly string[],
): Promise<number> {
  for (const [at, person] of people.entries()) {
    const taken = await withdraw(fixture.pool, fixture.keys, { consultation, person });
    if (taken === 'withdrawn') return at;
  }
  throw new Error('nothing was left to take back');
}

/** A real process that releases, stops at the point, and is killed there. */
async function killAt(
  point: ReleasePoint,
  fixture: PrivacyFixture,
  consultation: string,
): Promise<void> {
  const source = (path: string): string => import.meta.resolve(`../../src/${path}`);
  const program = `
    import { openKeyFolder } from '${source('privacy/key-folder.ts')}';
    import { releaseConsultation } from '${source('privacy/release.ts')}';
    import { systemAmbient } from '${source('platform/ambient.ts')}';
    import { openPool } from '${source('platform/postgres.ts')}';
    const { keys } = await openKeyFolder({ folder: ${JSON.stringify(fixture.keysFolder)}, dataFolder: '/nowhere' });
    const at = (point) => {
      if (point !== '${point}') return;
      process.stdout.write('reached');
      return new Promise(() => setInterval(() => {}, 1_000_000));
    };
    await releaseConsultation(
      { pool: openPool(${JSON.stringify(fixture.db.url)}), keys, ambient: systemAmbient,
        timeZone: 'Europe/London', min: 10, at },
      { consultation: '${consultation}', closing: false },
    );`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_code, signal) => resolve(signal));
  });
  child.stdout.once('data', () => child.kill('SIGKILL'));
  expect(await closed).toBe('SIGKILL');
}
