/** The last release of a consultation: all that is left goes, or is destroyed. */
import { describe, expect, it } from 'vitest';
import { withdraw } from '../../src/privacy/pool.ts';
import {
  answerOf,
  batches,
  finish,
  finishMany,
  fixtureOfThisFile,
  newConsultation,
  release,
  releasedAnswers,
} from './privacy-fixture.ts';

const fixture = await fixtureOfThisFile();

describe('closing a consultation', () => {
  it('lets all that is left go, once it may, if there are ten', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 25);
    await release(fixture, consultation);
    expect(await release(fixture, consultation, true)).toMatchObject({
      released: 10,
      held: 0,
      reason: '10 released, none left',
    });
    expect(await releasedAnswers(fixture.pool, consultation)).toHaveLength(25);
    expect(await batches(fixture.pool, consultation)).toEqual([]);
    const late = { person: fixture.ambient.newId(), payload: answerOf(99) };
    expect(await finish(fixture, consultation, late)).toEqual({ kind: 'closed' });
    expect(await release(fixture, consultation, true)).toMatchObject({
      reason: 'nothing left to release',
    });
  });

  it('waits for the last answer that can still be taken back', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 12);
    await finishMany(fixture, consultation, 1, { eligibleOn: '2026-11-05' });
    expect(await release(fixture, consultation, true)).toMatchObject({
      released: 0,
      held: 13,
      reason: '13 finished, 12 of them past the days for taking back, all needed',
    });
  });

  it('takes nothing more when a backup brings its batch back', async () => {
    const consultation = await newConsultation(fixture);
    await fixture.keys.withdrawalKey(consultation);
    await fixture.keys.destroyWithdrawalKey(consultation);
    const late = { person: fixture.ambient.newId(), payload: answerOf(99) };
    expect(await finish(fixture, consultation, late)).toEqual({ kind: 'closed' });
  });

  it('destroys what is left when it is too few, with its keys', async () => {
    const consultation = await newConsultation(fixture);
    const [person] = await finishMany(fixture, consultation, 9);
    expect(await release(fixture, consultation, true)).toMatchObject({
      released: 0,
      held: 0,
      destroyed: 9,
      reason: '9 finished, 10 needed to end with: destroyed, so that nobody can be picked out',
    });
    expect(await releasedAnswers(fixture.pool, consultation)).toEqual([]);
    await expect(fixture.keys.withdrawalKey(consultation)).rejects.toThrow(/destroyed/);
    const whose = { consultation, person: person ?? '' };
    expect(await withdraw(fixture.pool, fixture.keys, whose)).toBe('nothing-to-withdraw');
  });
});
