import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { transaction } from '../../src/platform/postgres.ts';
import { createContacts } from '../../src/privacy/contacts.ts';
import { checkKeys } from '../../src/privacy/key-check.ts';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { newKey } from '../../src/privacy/seal.ts';
import {
  dramaNumber,
  fixtureOfThisFile,
  keysIn,
  privacyFixture,
  temporaryFolder,
} from './privacy-fixture.ts';

const fixture = await fixtureOfThisFile();

let next = 0;
const newNumber = (): string => dramaNumber(next++);

async function newPerson(address = newNumber()) {
  return fixture.contacts.findOrCreatePerson(fixture.pool, { channel: 'sms', address });
}

describe('a person', () => {
  it('is one for each address and channel, whoever asks and however often at once', async () => {
    const address = newNumber();
    const found = await Promise.all(Array.from({ length: 20 }, () => newPerson(address)));
    expect(new Set(found.map((person) => person.id)).size).toBe(1);
    const other = await fixture.contacts.findOrCreatePerson(fixture.pool, {
      channel: 'web',
      address,
    });
    expect(other.id).not.toBe(found[0]?.id);
  });

  it('keeps the language they came with until they change it', async () => {
    const { contacts, pool } = fixture;
    const address = newNumber();
    const { id } = await contacts.findOrCreatePerson(pool, {
      channel: 'sms',
      address,
      language: 'cy',
    });
    expect((await newPerson(address)).language).toBe('cy');
    await contacts.setLanguage(pool, id, 'pl');
    expect((await contacts.peopleAmong(pool, [id])).get(id)).toEqual({
      id,
      channel: 'sms',
      language: 'pl',
      stopped: false,
    });
  });

  it('leaves no readable address in the database', async () => {
    const { contacts, pool } = fixture;
    const address = newNumber();
    const { id } = await newPerson(address);
    await contacts.rememberAddress(pool, { person: id, channel: 'sms', address });
    const { rows } = await pool.query<{ row: string }>(
      `select p::text || coalesce(a::text, '') as row
       from conv.person p left join contact.address a on a.person_id = p.id where p.id = $1`,
      [id],
    );
    const row = rows[0]?.row ?? '';
    expect(row).not.toContain(address);
    expect(row).not.toContain(Buffer.from(address).toString('hex'));
  });
});

describe('an address', () => {
  it('comes back for its person only', async () => {
    const { contacts, pool } = fixture;
    const [one, two] = [newNumber(), newNumber()];
    const [first, second, third] = [await newPerson(one), await newPerson(two), await newPerson()];
    await contacts.rememberAddress(pool, { person: first.id, channel: 'sms', address: one });
    await contacts.rememberAddress(pool, { person: second.id, channel: 'sms', address: two });
    const found = await contacts.addressOf(pool, [first.id, second.id, third.id]);
    expect([...found]).toHaveLength(2);
    expect(found.get(first.id)).toEqual({ channel: 'sms', address: one });
    expect(found.get(second.id)).toEqual({ channel: 'sms', address: two });
  });

  it('copied onto another row opens for nobody, and the error does not name it', async () => {
    const { contacts, pool } = fixture;
    const [one, two] = [newNumber(), newNumber()];
    const [first, second] = [await newPerson(one), await newPerson(two)];
    await contacts.rememberAddress(pool, { person: first.id, channel: 'sms', address: one });
    await contacts.rememberAddress(pool, { person: second.id, channel: 'sms', address: two });
    await pool.query(
      `update contact.address set addr_ct = (select addr_ct from contact.address where person_id = $1)
       where person_id = $2`,
      [first.id, second.id],
    );
    const opening = contacts.addressOf(pool, [second.id]);
    await expect(opening).rejects.toThrow();
    await expect(opening).rejects.not.toThrow(/\+44/);
  });

  it('takes a new reference, and keeps the one it has when none comes', async () => {
    const { contacts, pool } = fixture;
    const person = await contacts.findOrCreatePerson(pool, { channel: 'teams', address: 'a-user' });
    const address = { person: person.id, channel: 'teams' as const, address: 'a-user' };
    await contacts.rememberAddress(pool, { ...address, reference: 'first' });
    await contacts.rememberAddress(pool, { ...address, reference: 'second' });
    await contacts.rememberAddress(pool, address);
    expect((await contacts.addressOf(pool, [person.id])).get(person.id)?.reference).toBe('second');
  });

  it('is written to by the newest reference, and by none where no address is kept', async () => {
    const { contacts, pool } = fixture;
    const person = await contacts.findOrCreatePerson(pool, {
      channel: 'teams',
      address: 'a-user-2',
    });
    const one = { person: person.id, channel: 'teams' as const };
    const early = await contacts.refreshReference(pool, { ...one, reference: 'too early' });
    expect(early).toBe(false);
    expect(await contacts.addressOf(pool, [person.id])).toEqual(new Map());
    await contacts.rememberAddress(pool, { ...one, address: 'a-user-2' });
    for (const reference of ['one', 'two', 'two'])
      await contacts.refreshReference(pool, { ...one, reference });
    expect((await contacts.addressOf(pool, [person.id])).get(person.id)).toEqual({
      channel: 'teams',
      address: 'a-user-2',
      reference: 'two',
    });
  });
});

describe('stopping', () => {
  it('holds until they start again', async () => {
    const { contacts, pool } = fixture;
    const { id } = await newPerson();
    expect(await contacts.stoppedAmong(pool, [id])).toEqual(new Set());
    await contacts.stop(pool, id, 'stop');
    await contacts.stop(pool, id, 'stop');
    expect(await contacts.stoppedAmong(pool, [id])).toEqual(new Set([id]));
    await contacts.unstop(pool, id);
    expect(await contacts.stoppedAmong(pool, [id])).toEqual(new Set());
    const { rows } = await pool.query('select from contact.suppression');
    expect(rows).toHaveLength(0);
  });

  it('outlives erasure: whoever comes back, or is in a file, is still stopped', async () => {
    const { contacts, pool } = fixture;
    const address = newNumber();
    const { id } = await newPerson(address);
    await contacts.rememberAddress(pool, { person: id, channel: 'sms', address });
    await contacts.stop(pool, id, 'stop');
    await contacts.forget(pool, id);
    expect((await contacts.addressOf(pool, [id])).size).toBe(0);
    const [enrolled] = await contacts.enrolMany(pool, [{ channel: 'sms', address }]);
    expect(enrolled?.stopped).toBe(true);
    expect(enrolled?.person).not.toBe(id);
    expect((await newPerson(address)).stopped).toBe(true);
  });

  it('counts who is gone as stopped: nothing may be sent to them', async () => {
    const { contacts, pool } = fixture;
    const { id } = await newPerson();
    await contacts.forget(pool, id);
    expect(await contacts.stoppedAmong(pool, [id])).toEqual(new Set([id]));
  });
});

describe('guests', () => {
  it('are known by their address, before and after they first write', async () => {
    const { contacts, pool } = fixture;
    const [guest, other] = [newNumber(), newNumber()];
    await contacts.addGuest(pool, 'sms', guest);
    await contacts.addGuest(pool, 'sms', guest);
    const [one, two] = [await newPerson(guest), await newPerson(other)];
    expect(await contacts.guestsAmong(pool, [one.id, two.id])).toEqual(new Set([one.id]));
  });
});

describe('an audience file', () => {
  it('enrols newcomers, finds who is known, and counts a repeated row once', async () => {
    const { contacts, pool } = fixture;
    const [known, fresh] = [newNumber(), newNumber()];
    const person = await newPerson(known);
    const rows = [known, fresh, fresh].map((address) => ({ channel: 'sms' as const, address }));
    const enrolled = await contacts.enrolMany(pool, rows);
    expect(enrolled.map((one) => one.stopped)).toEqual([false, false, false]);
    expect(enrolled[0]?.person).toBe(person.id);
    expect(enrolled[1]?.person).toBe(enrolled[2]?.person);
    const ids = enrolled.map((one) => one.person);
    const addresses = await contacts.addressOf(pool, ids);
    expect(ids.map((id) => addresses.get(id)?.address)).toEqual([known, fresh, fresh]);
  });

  it('keeps no address of someone who opted out', async () => {
    const { contacts, pool } = fixture;
    const address = newNumber();
    const { id } = await newPerson(address);
    await contacts.stop(pool, id, 'stop');
    await contacts.enrolMany(pool, [{ channel: 'sms', address }]);
    expect((await contacts.addressOf(pool, [id])).size).toBe(0);
  });

  it('takes two files with the same people at once', async () => {
    const { contacts, pool } = fixture;
    const rows = Array.from({ length: 300 }, (_, at) => ({
      channel: 'web' as const,
      address: `session-${at}`,
    }));
    const [one, two] = await Promise.all([
      transaction(pool, (tx) => contacts.enrolMany(tx, rows)),
      transaction(pool, (tx) => contacts.enrolMany(tx, [...rows].reverse())),
    ]);
    expect(one.map((row) => row.person)).toEqual(two.map((row) => row.person).reverse());
  });
});

describe('a message id', () => {
  it('hashes the same each time, apart for each channel', async () => {
    const { contacts } = fixture;
    const hash = await contacts.hashMessageId('sms', 'SM1');
    expect(await contacts.hashMessageId('sms', 'SM1')).toEqual(hash);
    expect(await contacts.hashMessageId('teams', 'SM1')).not.toEqual(hash);
    expect(hash.toString('latin1')).not.toContain('SM1');
  });
});

describe('while the blind-index key is rotated', () => {
  it('people, opt-outs and guests under the old key are still found', async () => {
    const { contacts, pool, keys, ambient } = fixture;
    const [known, stopped, guest] = [newNumber(), newNumber(), newNumber()];
    const person = await newPerson(known);
    const gone = await newPerson(stopped);
    await contacts.stop(pool, gone.id, 'stop');
    await contacts.forget(pool, gone.id);
    await contacts.addGuest(pool, 'sms', guest);
    const rotated = createContacts(withNewerKeys(keys), ambient);
    const found = (address: string) =>
      rotated.findOrCreatePerson(pool, { channel: 'sms', address });
    expect((await found(known)).id).toBe(person.id);
    expect((await found(stopped)).stopped).toBe(true);
    const oldGuest = await newPerson(guest);
    expect(await rotated.guestsAmong(pool, [oldGuest.id])).toEqual(new Set([oldGuest.id]));
    const [enrolled] = await rotated.enrolMany(pool, [{ channel: 'sms', address: known }]);
    expect(enrolled?.person).toBe(person.id);
    const newcomer = await found(newNumber());
    const { rows } = await pool.query('select bidx_ver from conv.person where id = $1', [
      newcomer.id,
    ]);
    expect(rows).toEqual([{ bidx_ver: 2 }]);
  });

  it('addresses under the old key are still read', async () => {
    const { contacts, pool, keys, ambient } = fixture;
    const address = newNumber();
    const { id } = await newPerson(address);
    await contacts.rememberAddress(pool, { person: id, channel: 'sms', address });
    const rotated = createContacts(withNewerKeys(keys), ambient);
    expect((await rotated.addressOf(pool, [id])).get(id)?.address).toBe(address);
  });
});

function withNewerKeys(keys: KeyHolder): KeyHolder {
  const newer = { version: 2, key: newKey() };
  return {
    ...keys,
    blindIndexKey: async (version = 2) => (version === 2 ? newer : keys.blindIndexKey(version)),
    blindIndexKeys: async () => [newer, ...(await keys.blindIndexKeys())],
    addressKey: async (version = 2) => (version === 2 ? newer : keys.addressKey(version)),
  };
}

describe('keys and database', () => {
  it('belong together from their first meeting on', async () => {
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

  it('with people in it and no mark, a database takes no keys', async () => {
    const result = await checkKeys(fixture.pool, fixture.keys);
    expect(result).toMatchObject({ kind: 'refused' });
  });
});
