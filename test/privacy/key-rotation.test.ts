/** While the keys of addresses are changed for newer ones, everything under the old ones is found. */
import { expect, test } from 'vitest';
import { createContacts } from '../../src/privacy/contacts.ts';
import type { KeyHolder } from '../../src/privacy/keys.ts';
import { newKey } from '../../src/privacy/seal.ts';
import { peopleOfThisFile } from './people-to-contact.ts';

const { fixture, newNumber, newPerson } = await peopleOfThisFile();

test('while the blind-index key is rotated, people, opt-outs and guests under the old key are still found', async () => {
  const { contacts, pool, keys, ambient } = fixture;
  const [known, stopped, guest] = [newNumber(), newNumber(), newNumber()];
  const person = await newPerson(known);
  const gone = await newPerson(stopped);
  await contacts.stop(pool, gone.id, 'stop');
  await contacts.forget(pool, gone.id);
  await contacts.addGuest(pool, 'sms', guest);
  const rotated = createContacts(withNewerKeys(keys), ambient);
  const found = (address: string) => rotated.findOrCreatePerson(pool, { channel: 'sms', address });
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

test('while the blind-index key is rotated, addresses under the old key are still read', async () => {
  const { contacts, pool, keys, ambient } = fixture;
  const address = newNumber();
  const { id } = await newPerson(address);
  await contacts.rememberAddress(pool, { person: id, channel: 'sms', address });
  const rotated = createContacts(withNewerKeys(keys), ambient);
  expect((await rotated.addressOf(pool, [id])).get(id)?.address).toBe(address);
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
