/** People, their addresses and the ids of their messages: found again, and readable to nobody else. */
import { describe, expect, it } from 'vitest';
import { createContacts } from '../../src/privacy/contacts.ts';
import { peopleOfThisFile } from './people-to-contact.ts';

const { fixture, newNumber, newPerson } = await peopleOfThisFile();

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
    // Of many, the others are written to.
    const standings = await contacts.standingsOf(pool, [first.id, second.id]);
    expect(standings.get(first.id)?.home).toEqual({ channel: 'sms', address: one });
    expect(standings.get(second.id)?.home).toBe('unopened');
  });

  it('are an error for everyone while the keys are away, and nobody’s own', async () => {
    const { contacts, pool, keys, ambient } = fixture;
    const address = newNumber();
    const { id } = await newPerson(address);
    await contacts.rememberAddress(pool, { person: id, channel: 'sms', address });
    const away = { ...keys, addressKey: () => Promise.reject(new Error('away')) };
    await expect(createContacts(away, ambient).standingsOf(pool, [id])).rejects.toThrow('away');
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

describe('a message id', () => {
  it('hashes the same each time, apart for each channel', async () => {
    const { contacts } = fixture;
    const hash = await contacts.hashMessageId('sms', 'SM1');
    expect(await contacts.hashMessageId('sms', 'SM1')).toEqual(hash);
    expect(await contacts.hashMessageId('teams', 'SM1')).not.toEqual(hash);
    expect(hash.toString('latin1')).not.toContain('SM1');
  });
});
