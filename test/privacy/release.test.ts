import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../src/platform/postgres.ts';
import {
  closeFullBatches,
  destroyDueBatchKeys,
  FULL_BATCH,
} from '../../src/privacy/batch-sweeps.ts';
import { sweepDayKeys } from '../../src/privacy/day-keys.ts';
import { isoWeek } from '../../src/privacy/iso-week.ts';
import { itemTable } from '../../src/privacy/item-table.ts';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { createPool, poolCounts, withdraw } from '../../src/privacy/pool.ts';
import { releaseAll, releaseConsultation } from '../../src/privacy/release.ts';
import type { ReleasePoint } from '../../src/privacy/release-tools.ts';
import { decrypt } from '../../src/privacy/seal.ts';
import {
  answerOf,
  finish,
  finishMany,
  NOON,
  newConsultation,
  type PrivacyFixture,
  privacyFixture,
  releasedAnswers,
  TODAY,
  untilSomeoneWaits,
} from './privacy-fixture.ts';

let fixture: PrivacyFixture;
beforeAll(async () => {
  fixture = await privacyFixture();
});
afterAll(() => fixture.end());

const release = (consultation: string, closing = false) =>
  releaseConsultation(fixture.tools, { consultation, closing });

async function batches(consultation: string) {
  const { rows } = await fixture.pool.query<{ id: string; state: string }>(
    'select id, state from pool.batch where consultation_id = $1',
    [consultation],
  );
  return rows;
}

describe('a release', () => {
  it('holds below twice the least number, and says why', async () => {
    const consultation = await newConsultation(fixture);
    expect(await release(consultation)).toMatchObject({ reason: '0 finished, 20 needed' });
    await finishMany(fixture, consultation, 1);
    expect(await release(consultation)).toEqual({
      consultation,
      released: 0,
      held: 1,
      destroyed: 0,
      reason: '1 finished, 20 needed',
    });
    await finishMany(fixture, consultation, 18);
    expect(await release(consultation)).toMatchObject({ released: 0, held: 19 });
    expect(await releasedAnswers(fixture.pool, consultation)).toEqual([]);
  });

  it('lets all but ten go, chosen at random, and keeps the others sealed', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 40);
    const [before] = await batches(consultation);
    expect(await release(consultation)).toMatchObject({ released: 30, held: 10 });
    const first = await releasedAnswers(fixture.pool, consultation);
    expect(new Set(first).size).toBe(30);
    const firstThirty = Array.from({ length: 30 }, (_, at) => `answer-${at}`).sort();
    expect(first).not.toEqual(firstThirty);
    const [after] = await batches(consultation);
    expect(after?.id).not.toBe(before?.id);
    await finishMany(fixture, consultation, 10);
    expect(await release(consultation)).toMatchObject({ released: 10, held: 10 });
    expect(await releasedAnswers(fixture.pool, consultation)).toHaveLength(40);
  });

  it('leaves no table and no key of the batch behind', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 20);
    const [before] = await batches(consultation);
    const batch = before?.id ?? '';
    await release(consultation);
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
    expect(await release(consultation)).toMatchObject({
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
    expect(await release(consultation)).toMatchObject({ released: 10, held: 11 });
    const [open] = await batches(consultation);
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
    await release(consultation);
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
    await Promise.all([release(consultation), release(consultation), release(consultation)]);
    const left = await poolCounts(fixture.pool, { consultation, today: TODAY });
    const released = await releasedAnswers(fixture.pool, consultation);
    expect(new Set(released).size).toBe(released.length);
    expect(released.length + left.finished).toBe(60);
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

describe('closing a consultation', () => {
  it('lets all that is left go, once it may, if there are ten', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 25);
    await release(consultation);
    expect(await release(consultation, true)).toMatchObject({
      released: 10,
      held: 0,
      reason: '10 released, none left',
    });
    expect(await releasedAnswers(fixture.pool, consultation)).toHaveLength(25);
    expect(await batches(consultation)).toEqual([]);
    const late = { person: fixture.ambient.newId(), payload: answerOf(99) };
    expect(await finish(fixture, consultation, late)).toEqual({ kind: 'closed' });
    expect(await release(consultation, true)).toMatchObject({ reason: 'nothing left to release' });
  });

  it('waits for the last answer that can still be taken back', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 12);
    await finishMany(fixture, consultation, 1, { eligibleOn: '2026-11-05' });
    expect(await release(consultation, true)).toMatchObject({
      released: 0,
      held: 13,
      reason: '13 finished, 12 of them past the days for taking back, all needed',
    });
  });

  it('destroys what is left when it is too few, with its keys', async () => {
    const consultation = await newConsultation(fixture);
    const [person] = await finishMany(fixture, consultation, 9);
    expect(await release(consultation, true)).toMatchObject({
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
    await release(consultation);
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

describe('the last look for harm', () => {
  async function withTexts(count: number) {
    const consultation = await newConsultation(fixture);
    for (let at = 0; at < count; at++) {
      await finish(fixture, consultation, {
        person: fixture.ambient.newId(),
        payload: { ...answerOf(at), freeText: { why: at % 2 === 0 ? 'harm' : 'fun' } },
        caseLink: Buffer.from(`link-${at}`),
      });
    }
    return consultation;
  }

  it('hands over the way back to each person concerned, before it is cut', async () => {
    const consultation = await withTexts(30);
    const found: string[] = [];
    const screening = {
      screen: (texts: readonly string[]) => (texts.includes('harm') ? ('red' as const) : undefined),
      report: async (_tx: unknown, finding: { level: string; caseLink?: Uint8Array }) => {
        found.push(`${finding.level} ${Buffer.from(finding.caseLink ?? []).toString()}`);
      },
    };
    const tools = { ...fixture.tools, screening };
    await releaseConsultation(tools, { consultation, closing: false });
    const released = await releasedAnswers(fixture.pool, consultation);
    const expected = released
      .filter((answer) => Number(answer.slice('answer-'.length)) % 2 === 0)
      .map((answer) => answer.replace('answer', 'red link'));
    expect(found.sort()).toEqual(expected.sort());
  });

  it('is taken at answers that are destroyed, too', async () => {
    const consultation = await withTexts(4);
    let found = 0;
    const screening = {
      screen: (texts: readonly string[]) =>
        texts.includes('harm') ? ('amber' as const) : undefined,
      report: async () => {
        found++;
      },
    };
    const tools = { ...fixture.tools, screening };
    const report = await releaseConsultation(tools, { consultation, closing: true });
    expect(report.destroyed).toBe(4);
    expect(found).toBe(2);
  });

  it('releases nothing when a finding cannot be reported', async () => {
    const consultation = await withTexts(20);
    const screening = {
      screen: () => 'red' as const,
      report: () => Promise.reject(new Error('no case could be opened')),
    };
    const tools = { ...fixture.tools, screening };
    const asked = releaseConsultation(tools, { consultation, closing: false });
    await expect(asked).rejects.toThrow('no case could be opened');
    expect(await releasedAnswers(fixture.pool, consultation)).toEqual([]);
    expect((await poolCounts(fixture.pool, { consultation, today: TODAY })).finished).toBe(20);
  });
});

describe('tidying up', () => {
  it('closes a full batch, and releases it without one to lose', async () => {
    const consultation = await newConsultation(fixture);
    const people = await finishMany(fixture, consultation, 1);
    const [first] = await batches(consultation);
    const table = itemTable(first?.id ?? '');
    expect(await closeFullBatches(fixture.tools)).toBe(0);
    await fixture.pool.query(
      `insert into ${table} (blob, wtag, eligible_on)
       select blob, sha256(n::text::bytea), eligible_on from ${table}, generate_series(2, $1) as n`,
      [FULL_BATCH],
    );
    expect(await closeFullBatches(fixture.tools)).toBe(1);
    expect((await batches(consultation)).map((batch) => batch.state).sort()).toEqual([
      'closed',
      'open',
    ]);
    await finish(fixture, consultation, { person: fixture.ambient.newId(), payload: answerOf(1) });
    expect(
      await withdraw(fixture.pool, fixture.keys, { consultation, person: people[0] ?? '' }),
    ).toBe('withdrawn');
    expect(await release(consultation)).toMatchObject({ released: 9_989, held: 11 });
  }, 120_000);

  it('takes the answers of a small closed batch into the open one', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 25);
    const stop = { ...fixture.tools, at: () => Promise.reject(new Error('crash')) };
    const crashed = releaseConsultation(stop, { consultation, closing: false });
    await expect(crashed).rejects.toThrow('crash');
    const people = await fixture.pool.query(
      'select state from pool.batch where consultation_id = $1',
      [consultation],
    );
    expect(people.rows).toHaveLength(2);
    expect(await release(consultation)).toMatchObject({ released: 15, held: 10 });
  });

  it('destroys the keys of batches that are gone, never of one that is there', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 3);
    const orphan = fixture.ambient.newId();
    await fixture.keys.createBatchKey(orphan);
    expect(await destroyDueBatchKeys(fixture.pool, fixture.keys)).toEqual([orphan]);
    expect(await fixture.keys.batchKeyPair(orphan)).toBeUndefined();
    const [open] = await batches(consultation);
    expect(await fixture.keys.batchKeyPair(open?.id ?? '')).toBeDefined();
  });

  it('never destroys the key of a batch that another node is just making', async () => {
    const own = await privacyFixture(3);
    try {
      let sweeping: Promise<readonly string[]> = Promise.resolve([]);
      let consultation = '';
      await transaction(own.pool, async (tx) => {
        consultation = own.ambient.newId();
        await createPool(tx, own.keys, { consultation, blobSize: 512 });
        sweeping = destroyDueBatchKeys(own.pool, own.keys);
        await untilSomeoneWaits(own.pool);
      });
      expect(await sweeping).toEqual([]);
      expect(await own.keys.batches()).toHaveLength(1);
    } finally {
      await own.end();
    }
  });

  it('goes on beside a batch whose key was destroyed before a backup was restored', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 7);
    const [restored] = await batches(consultation);
    await fixture.keys.destroyBatchKey(restored?.id ?? '');
    expect((await release(consultation)).reason).toMatch(/7 cannot be read any more/);
    await finishMany(fixture, consultation, 20);
    expect(await release(consultation)).toMatchObject({ released: 10, held: 17 });
    expect(await release(consultation, true)).toMatchObject({
      released: 10,
      held: 0,
      destroyed: 7,
    });
  });

  it('destroys the keys of days that nothing carries, but never of the last two', async () => {
    const own = await privacyFixture(5);
    try {
      for (const day of ['2026-10-28', '2026-10-29', '2026-11-01', '2026-11-02']) {
        await own.keys.dayKey(day);
      }
      const sweep = { now: NOON, inUse: new Set(['2026-10-29']) };
      expect(await sweepDayKeys(own.keys, sweep)).toEqual(['2026-10-28']);
      expect([...(await own.keys.days())].sort()).toEqual([
        '2026-10-29',
        '2026-11-01',
        '2026-11-02',
      ]);
    } finally {
      await own.end();
    }
  });
});

describe('the ISO week', () => {
  it('belongs to the year of its Thursday', () => {
    expect(isoWeek('2026-11-02')).toBe('2026-W45');
    expect(isoWeek('2027-01-03')).toBe('2026-W53');
    expect(isoWeek('2024-12-30')).toBe('2025-W01');
    expect(isoWeek('2026-01-01')).toBe('2026-W01');
  });
});
