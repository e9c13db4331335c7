/** What keeps batches tidy between releases. */
import { describe, expect, it } from 'vitest';
import { transaction } from '../../src/platform/postgres.ts';
import {
  closeFullBatches,
  destroyDueBatchKeys,
  FULL_BATCH,
} from '../../src/privacy/batch-sweeps.ts';
import { itemTable } from '../../src/privacy/item-table.ts';
import { createPool, withdraw } from '../../src/privacy/pool.ts';
import { releaseConsultation } from '../../src/privacy/release.ts';
import {
  answerOf,
  batches,
  finish,
  finishMany,
  fixtureOfThisFile,
  newConsultation,
  privacyFixture,
  release,
  untilSomeoneWaits,
} from './privacy-fixture.ts';

const fixture = await fixtureOfThisFile();

describe('tidying up batches', () => {
  it('closes a full batch, and releases it without one to lose', async () => {
    const consultation = await newConsultation(fixture);
    const people = await finishMany(fixture, consultation, 1);
    const [first] = await batches(fixture.pool, consultation);
    const table = itemTable(first?.id ?? '');
    expect(await closeFullBatches(fixture.tools)).toBe(0);
    await fixture.pool.query(
      `insert into ${table} (blob, wtag, eligible_on)
       select blob, sha256(n::text::bytea), eligible_on from ${table}, generate_series(2, $1) as n`,
      [FULL_BATCH],
    );
    expect(await closeFullBatches(fixture.tools)).toBe(1);
    expect((await batches(fixture.pool, consultation)).map((batch) => batch.state).sort()).toEqual([
      'closed',
      'open',
    ]);
    await finish(fixture, consultation, { person: fixture.ambient.newId(), payload: answerOf(1) });
    expect(
      await withdraw(fixture.pool, fixture.keys, { consultation, person: people[0] ?? '' }),
    ).toBe('withdrawn');
    expect(await release(fixture, consultation)).toMatchObject({ released: 9_989, held: 11 });
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
    expect(await release(fixture, consultation)).toMatchObject({ released: 15, held: 10 });
  });

  it('destroys the keys of batches that are gone, never of one that is there', async () => {
    const consultation = await newConsultation(fixture);
    await finishMany(fixture, consultation, 3);
    const orphan = fixture.ambient.newId();
    await fixture.keys.createBatchKey(orphan);
    expect(await destroyDueBatchKeys(fixture.pool, fixture.keys)).toEqual([orphan]);
    expect(await fixture.keys.batchKeyPair(orphan)).toBeUndefined();
    const [open] = await batches(fixture.pool, consultation);
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
    const [restored] = await batches(fixture.pool, consultation);
    await fixture.keys.destroyBatchKey(restored?.id ?? '');
    const late = { person: fixture.ambient.newId(), payload: answerOf(99) };
    expect(await finish(fixture, consultation, late)).toEqual({ kind: 'unreadable' });
    expect((await release(fixture, consultation)).reason).toMatch(/7 cannot be read any more/);
    await finishMany(fixture, consultation, 20);
    expect(await release(fixture, consultation)).toMatchObject({ released: 10, held: 17 });
    expect(await release(fixture, consultation, true)).toMatchObject({
      released: 10,
      held: 0,
      destroyed: 7,
    });
  });
});
