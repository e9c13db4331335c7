/** People by their drama numbers, in a database and with keys that all tests of a file share. */
import { dramaNumber, fixtureOfThisFile } from './privacy-fixture.ts';

export async function peopleOfThisFile() {
  const fixture = await fixtureOfThisFile();
  let next = 0;
  const newNumber = (): string => dramaNumber(next++);
  const newPerson = (address = newNumber()) =>
    fixture.contacts.findOrCreatePerson(fixture.pool, { channel: 'sms', address });
  return { fixture, newNumber, newPerson };
}
