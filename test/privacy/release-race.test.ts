import { describe, expect, it } from 'vitest';
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
      try {
        const consultation = await newConsultation(fixture);
        const people = await finishMany(fixture, consultation, EARLIER);
        const withdrawn: string[] = [];
        const complete = Array.from({ length: COMPLETIONS }, (_, at) => async () => {
          const one = { person: fixture.ambient.newId(), payload: answerOf(EARLIER + at) };
          expect(await finish(fixture, consultation, one)).toEqual({ kind: 'sealed' });
        });
        const takeBack = people.slice(0, WITHDRAWALS).map((person, at) => async () => {
          const taken = await withdraw(fixture.pool, fixture.keys, { consultation, person });
          if (taken === 'withdrawn') withdrawn.push(`answer-${at}`);
        });
        const release = async (): Promise<void> => {
          await releaseConsultation(fixture.tools, { consultation, closing: false });
        };
        const work = shuffled(
          [...complete, ...takeBack, release, release, release],
          fixture.ambient,
        );
        await Promise.all(work.map((one) => one()));

        const released = await releasedAnswers(fixture.pool, consultation);
        const left = await poolCounts(fixture.pool, { consultation, today: TODAY });
        expect(released.length).toBeGreaterThan(0);
        expect(released.length + left.finished + withdrawn.length).toBe(EARLIER + COMPLETIONS);

        await releaseConsultation(fixture.tools, { consultation, closing: true });
        const all = Array.from({ length: EARLIER + COMPLETIONS }, (_, at) => `answer-${at}`);
        const expected = all.filter((answer) => !withdrawn.includes(answer)).sort();
        expect(await releasedAnswers(fixture.pool, consultation)).toEqual(expected);
      } finally {
        await fixture.end();
      }
    });
  }
});
