/** Who finished is in the pool once, and can take their answers back until they are released. */
import { describe, expect, it } from 'vitest';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { poolCounts, withdraw } from '../../src/privacy/pool.ts';
import { releaseConsultation } from '../../src/privacy/release.ts';
import type { ReleasePoint } from '../../src/privacy/release-tools.ts';
import {
  answerOf,
  finish,
  finishMany,
  fixtureOfThisFile,
  newConsultation,
  release,
  releasedAnswers,
  TODAY,
  untilSomeoneWaits,
} from './privacy-fixture.ts';

const fixture = await fixtureOfThisFile();

describe('taking answers back', () => {
  it('works until the release and not after it, for the own answers only', async () => {
    const consultation = await newConsultation(fixture);
    const people = await finishMany(fixture, consultation, 20);
    const takeBack = (person = '') =>
      withdraw(fixture.pool, fixture.keys, { consultation, person });
    expect(await takeBack(fixture.ambient.newId())).toBe('nothing-to-withdraw');
    expect(await takeBack(people[3])).toBe('withdrawn');
    expect(await takeBack(people[3])).toBe('nothing-to-withdraw');
    await finishMany(fixture, consultation, 1);
    await release(fixture, consultation);
    const after = await Promise.all(people.map((person) => takeBack(person)));
    const still = after.filter((taken) => taken === 'withdrawn').length;
    expect(await poolCounts(fixture.pool, { consultation, today: TODAY })).toEqual({
      finished: 10 - still,
      eligible: 10 - still,
    });
    expect(await releasedAnswers(fixture.pool, consultation)).toHaveLength(10);
  });

  it('that waited for a release finds them in the next batch, where they were carried', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 20);
    const [late = ''] = await finishMany(fixture, consultation, 1, { eligibleOn: '2026-11-05' });
    let releasing: Promise<unknown> = Promise.resolve();
    const locked = Promise.withResolvers<void>();
    const keys: KeyHolder = {
      ...fixture.keys,
      // The batches have been listed by now; the one that holds the answers is locked next.
      async withdrawalKey(id) {
        const at = async (point: ReleasePoint): Promise<void> => {
          if (point !== 'locked') return;
          locked.resolve();
          await untilSomeoneWaits(fixture.pool);
        };
        releasing = releaseConsultation({ ...fixture.tools, at }, { consultation, closing: false });
        await locked.promise;
        return fixture.keys.withdrawalKey(id);
      },
    };
    const taken = await withdraw(fixture.pool, onlyFirst(keys), { consultation, person: late });
    expect(taken).toBe('withdrawn');
    expect(await releasing).toMatchObject({ released: 10 });
    expect((await poolCounts(fixture.pool, { consultation, today: TODAY })).finished).toBe(10);
  });

  it('in a consultation without a pool finds nothing', async () => {
    const whose = { consultation: fixture.ambient.newId(), person: fixture.ambient.newId() };
    expect(await withdraw(fixture.pool, fixture.keys, whose)).toBe('nothing-to-withdraw');
  });
});

/** Looks at the withdrawal key as it is from the second time on. */
function onlyFirst(keys: KeyHolder): KeyHolder {
  let asked = 0;
  return {
    ...keys,
    withdrawalKey: (id) =>
      asked++ === 0 ? keys.withdrawalKey(id) : fixture.keys.withdrawalKey(id),
  };
}

describe('one person', () => {
  it('is never in the pool twice', async () => {
    const consultation = await newConsultation(fixture);
    const person = fixture.ambient.newId();
    await finish(fixture, consultation, { person, payload: answerOf(1) });
    await finish(fixture, consultation, { person, payload: answerOf(2) });
    expect((await poolCounts(fixture.pool, { consultation, today: TODAY })).finished).toBe(1);
  });
});
