/** Whom messages may go to: nobody who stopped, however they come back; in a trial only guests. */
import { describe, expect, it } from 'vitest';
import { transaction } from '../../src/platform/postgres.ts';
import { peopleOfThisFile } from './people-to-contact.ts';

const { fixture, newNumber, newPerson } = await peopleOfThisFile();

describe('stopping', () => {
  it('holds until they start again', async () => {
    const { contacts, pool } = fixture;
    const { id } = await newPerson();
    const isStopped = async () => (await contacts.standingsOf(pool, [id])).get(id)?.stopped;
    expect(await isStopped()).toBe(false);
    await contacts.stop(pool, id, 'stop');
    await contacts.stop(pool, id, 'stop');
    expect(await isStopped()).toBe(true);
    await contacts.unstop(pool, id);
    expect(await isStopped()).toBe(false);
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

  it('is not asked of who is gone: nothing may be sent to them', async () => {
    const { contacts, pool } = fixture;
    const { id } = await newPerson();
    await contacts.forget(pool, id);
    expect((await contacts.standingsOf(pool, [id])).size).toBe(0);
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

  it('are guests no more when they are taken off the list, and the others still are', async () => {
    const { contacts, pool } = fixture;
    const [leaves, stays] = [newNumber(), newNumber()];
    for (const one of [leaves, stays]) await contacts.addGuest(pool, 'sms', one);
    const people = [(await newPerson(leaves)).id, (await newPerson(stays)).id];
    expect(await contacts.removeGuest(pool, 'sms', leaves)).toBe(true);
    expect(await contacts.removeGuest(pool, 'sms', leaves)).toBe(false);
    expect(await contacts.removeGuest(pool, 'discord', stays)).toBe(false);
    expect(await contacts.guestsAmong(pool, people)).toEqual(new Set([people[1]]));
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
