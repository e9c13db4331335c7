/** Keys and a database that do not belong together are refused before anything is read. */
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkKeys } from '../../src/privacy/key-check.ts';
import { peopleOfThisFile } from './people-to-contact.ts';
import { keysIn, privacyFixture, temporaryFolder } from './privacy-fixture.ts';

const { fixture, newPerson } = await peopleOfThisFile();

test('keys and database belong together from their first meeting on', async () => {
  const own = await privacyFixture();
  const folder = await temporaryFolder();
  try {
    expect(await checkKeys(own.pool, own.keys)).toEqual({ kind: 'belong' });
    expect(await checkKeys(own.pool, own.keys)).toEqual({ kind: 'belong' });
    const lost = await checkKeys(own.pool, await keysIn(folder));
    expect(lost).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/keys folder is empty.*backup/),
    });
    const foreign = await keysIn(folder);
    expect(await foreign.isNew()).toBe(true);
    await foreign.addressKey();
    const others = await checkKeys(own.pool, foreign);
    expect(others).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/belong to another database/),
    });
  } finally {
    await own.end();
    await rm(folder, { recursive: true });
  }
});

test('with people in it and no mark, a database takes no keys', async () => {
  await newPerson();
  const result = await checkKeys(fixture.pool, fixture.keys);
  expect(result).toMatchObject({ kind: 'refused' });
});
