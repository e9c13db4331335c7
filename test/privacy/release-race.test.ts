import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { poolCounts, withdraw } from '../../src/privacy/pool.ts';
import { releaseConsultation } from '../../src/privacy/release.ts';
import { shuffled } from '../../src/privacy/shuffle.ts';
import {
  answerOf,
  finish,
  finishMany,
  newConsultation,
  privacyFixture,
  releasedAnswers,
  TODAY,
} from './privacy-fixture.ts';

const EARLIER = 40;
const COMPLETIONS = 50;
const WITHDRAWALS = 10;

describe('a release that races completions and withdrawals', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    it(`loses none and releases none twice (seed ${seed})`, async () => {
      const fixture = await privacyFixture(seed);
      const pauses = new pg.Pool({ connectionString: fixture.db.url, max: 4 });
      pauses.on('error', () => {});
      try {
        const { ambient, pool, tools } = fixture;
        const consultation = await newConsultation(fixture);
        const people = await finishMany(fixture, consultation, EARLIER);
        // Between finding the open batch and writing to it, others get ahead.
        const keys: KeyHolder = {
          ...fixture.keys,
          async withdrawalKey(id) {
            await pause(pauses, ambient.below(120));
            return fixture.keys.withdrawalKey(id);
          },
        };
        const complete = Array.from({ length: COMPLETIONS }, (_, at) => async () => {
          const one = { person: ambient.newId(), payload: answerOf(EARLIER + at) };
          expect(await finish({ pool, keys }, consultation, one)).toEqual({ kind: 'sealed' });
        });
        const withdrawn: string[] = [];
        const tooLate: string[] = [];
        const takeBack = people.slice(0, WITHDRAWALS).map((person, at) => async () => {
          const taken = await withdraw(pool, keys, { consultation, person });
          (taken === 'withdrawn' ? withdrawn : tooLate).push(`answer-${at}`);
        });

        // At each step of a release a few of them begin; none is waited for.
        const waiting = shuffled([...complete, ...takeBack], ambient);
        const begun: Promise<void>[] = [];
        const beginSome = async (most: number): Promise<void> => {
          for (const work of waiting.splice(0, ambient.below(most))) begun.push(work());
          await pause(pauses, ambient.below(6));
        };
        const release = { ...tools, at: () => beginSome(5) };
        while (waiting.length > 0) {
          await beginSome(8);
          await releaseConsultation(release, { consultation, closing: false });
        }
        await Promise.all(begun);

        const released = await releasedAnswers(pool, consultation);
        const left = await poolCounts(pool, { consultation, today: TODAY });
        expect(released.length).toBeGreaterThan(0);
        expect(released.length + left.finished + withdrawn.length).toBe(EARLIER + COMPLETIONS);
        // "Too late" is only said of what is out.
        for (const answer of tooLate) expect(released).toContain(answer);

        await releaseConsultation(tools, { consultation, closing: true });
        const all = Array.from({ length: EARLIER + COMPLETIONS }, (_, at) => `answer-${at}`);
        const expected = all.filter((answer) => !withdrawn.includes(answer)).sort();
        expect(await releasedAnswers(pool, consultation)).toEqual(expected);
      } finally {
        await pauses.end();
        await fixture.end();
      }
    });
  }
});

/** Some turns to the database and back: time in which others get on. */
async function pause(pool: pg.Pool, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await pool.query('select 1');
}
