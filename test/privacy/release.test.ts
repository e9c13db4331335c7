/** A release lets answers go among many, chosen at random, and cuts what ties them to people. */
import { describe, expect, it } from 'vitest';
import { itemTable } from '../../src/privacy/item-table.ts';
import { poolCounts, withdraw } from '../../src/privacy/pool.ts';
import { releaseAll, releaseConsultation } from '../../src/privacy/release.ts';
import { decrypt } from '../../src/privacy/seal.ts';
import {
  answerOf,
  batches,
  finish,
  finishMany,
  fixtureOfThisFile,
  newConsultation,
  privacyFixture,
  release,
  releasedAnswers,
  TODAY,
} from './privacy-fixture.ts';

const fixture = await fixtureOfThisFile();

describe('a release', () => {
  it('holds below twice the least number, and says why', async () => {
    const consultation = await newConsultation(fixture);
    expect(await release(fixture, consultation)).toMatchObject({ reason: '0 finished, 20 needed' });
    await finishMany(fixture, consultation, 1);
    expect(await release(fixture, consultation)).toEqual({
      consultation,
      released: 0,
      held: 1,
      destroyed: 0,
      reason: '1 finished, 20 needed',
    });
    await finishMany(fixture, consultation, 18);
    expect(await release(fixture, consultation)).toMatchObject({ released: 0, held: 19 });
    expect(await releasedAnswers(fixture.pool, consultation)).toEqual([]);
  });

  it('lets all but ten go, chosen at random, and keeps the others sealed', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 40);
    const [before] = await batches(fixture.pool, consultation);
    expect(await release(fixture, consultation)).toMatchObject({ released: 30, held: 10 });
    const first = await releasedAnswers(fixture.pool, consultation);
    expect(new Set(first).size).toBe(30);
    const firstThirty = Array.from({ length: 30 }, (_, at) => `answer-${at}`).sort();
    expect(first).not.toEqual(firstThirty);
    const [after] = await batches(fixture.pool, consultation);
    expect(after?.id).not.toBe(before?.id);
    await finishMany(fixture, consultation, 10);
    expect(await release(fixture, consultation)).toMatchObject({ released: 10, held: 10 });
    expect(await releasedAnswers(fixture.pool, consultation)).toHaveLength(40);
  });

  it('leaves no table and no key of the batch behind', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 20);
    const [before] = await batches(fixture.pool, consultation);
    const batch = before?.id ?? '';
    await release(fixture, consultation);
    const { rows } = await fixture.pool.query<{ table: string | null }>(
      'select to_regclass($1)::text as table',
      [itemTable(batch)],
    );
    expect(rows).toEqual([{ table: null }]);
    expect(await fixture.keys.batchKeyPair(batch)).toBeUndefined();
  });

  it('waits until the day when answers can no longer be taken back', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 25, { eligibleOn: '2026-11-03' });
    await finishMany(fixture, consultation, 5);
    expect(await release(fixture, consultation)).toMatchObject({
      released: 0,
      held: 30,
      reason: '30 finished, 5 of them past the days for taking back, 20 needed',
    });
    const tomorrow = { ...fixture.tools.ambient, now: () => new Date('2026-11-03T03:00:00Z') };
    const tools = { ...fixture.tools, ambient: tomorrow };
    expect(await releaseConsultation(tools, { consultation, closing: false })).toMatchObject({
      released: 20,
      held: 10,
    });
  });

  it('carries what must wait along, with its day, its tag and its way back', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 20);
    const [late] = await finishMany(fixture, consultation, 1, {
      eligibleOn: '2026-11-05',
      caseLink: Buffer.from('way back'),
    });
    expect(await release(fixture, consultation)).toMatchObject({ released: 10, held: 11 });
    const [open] = await batches(fixture.pool, consultation);
    const { rows } = await fixture.pool.query<{ on: string; case_link: Buffer }>(
      `select eligible_on::text as on, case_link from ${itemTable(open?.id ?? '')}
       where eligible_on > $1`,
      [TODAY],
    );
    expect(rows).toEqual([{ on: '2026-11-05', case_link: Buffer.from('way back') }]);
    const whose = { consultation, person: late ?? '' };
    expect(await withdraw(fixture.pool, fixture.keys, whose)).toBe('withdrawn');
  });

  it('stores no time finer than the week, and each text apart from its answers', async () => {
    const consultation = await newConsultation(fixture);
    for (let at = 0; at < 20; at++) {
      const payload = { ...answerOf(at), freeText: { why: `text-${at}` } };
      await finish(fixture, consultation, { person: fixture.ambient.newId(), payload });
    }
    await release(fixture, consultation);
    const { rows: responses } = await fixture.pool.query(
      'select * from resp.response where consultation_id = $1',
      [consultation],
    );
    expect(Object.keys(responses[0] ?? {}).sort()).toEqual([
      'answers',
      'bands',
      'consultation_id',
      'id',
      'release_period',
    ]);
    expect(new Set(responses.map((row) => row.release_period))).toEqual(new Set(['2026-W45']));
    const { rows: texts } = await fixture.pool.query<{ raw_ct: Buffer; status: string }>(
      'select raw_ct, status from resp.free_text where consultation_id = $1',
      [consultation],
    );
    expect(texts).toHaveLength(10);
    expect(new Set(texts.map((row) => row.status))).toEqual(new Set(['held']));
    const key = await fixture.keys.freeTextKey(consultation);
    const opened = texts.map((row) =>
      decrypt(key, row.raw_ct, Buffer.from(`free text ${consultation} why`)).toString(),
    );
    const released = await releasedAnswers(fixture.pool, consultation);
    expect(opened.map((text) => text.replace('text', 'answer')).sort()).toEqual(released);
    const { rows: ordered } = await fixture.pool.query<{ use: string }>(
      `select answers ->> 'use' as use from resp.response where consultation_id = $1 order by ctid`,
      [consultation],
    );
    expect(ordered.map((row) => row.use.replace('answer', 'text'))).not.toEqual(opened);
  });

  it('of two processes at once releases each answer once', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 60);
    await Promise.all([
      release(fixture, consultation),
      release(fixture, consultation),
      release(fixture, consultation),
    ]);
    const left = await poolCounts(fixture.pool, { consultation, today: TODAY });
    const released = await releasedAnswers(fixture.pool, consultation);
    expect(new Set(released).size).toBe(50);
    expect(released).toHaveLength(50);
    expect(left.finished).toBe(10);
  });

  it('goes on with the other consultations when one fails', async () => {
    const own = await privacyFixture(7);
    try {
      const [bad, good] = [await newConsultation(own), await newConsultation(own)];
      for (const consultation of [bad, good]) await finishMany(own, consultation, 20);
      const { rows } = await own.pool.query<{ id: string }>(
        'select id from pool.batch where consultation_id = $1',
        [bad],
      );
      await own.pool.query(`update ${itemTable(rows[0]?.id ?? '')} set blob = '\\x00'`);
      await expect(releaseAll(own.tools, new Set())).rejects.toThrow(AggregateError);
      expect(await releasedAnswers(own.pool, good)).toHaveLength(10);
      expect(await releasedAnswers(own.pool, bad)).toHaveLength(0);
    } finally {
      await own.end();
    }
  });

  it('is never asked for among fewer than ten', async () => {
    const tools = { ...fixture.tools, min: 3 };
    const asked = releaseConsultation(tools, {
      consultation: fixture.ambient.newId(),
      closing: false,
    });
    await expect(asked).rejects.toThrow(RangeError);
  });
});
