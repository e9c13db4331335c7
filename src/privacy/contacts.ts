/**
 * Who people are to Heard: an opaque id, a keyed hash of the address, and, only for those we may
 * write to, the address itself, encrypted. Everything that other folders do with conv.person and
 * contact.* goes through here. An address must never leave it but through `addressOf` and
 * `standingsOf`, and never in an error.
 */
import type { ChannelName } from '../channel.ts';
import type { Ambient } from '../platform/ambient.ts';
import type { Queryable } from '../platform/postgres.ts';
import {
  type Address,
  addressOf,
  type NewAddress,
  refreshReference,
  rememberAddress,
} from './addresses.ts';
import { type BlindIndex, blindIndex, blindIndexes, hashMessageId } from './blind-index.ts';
import { type Enrolled, type EnrolRow, enrolMany, type Known, lookUpMany } from './enrol.ts';
import { addGuest, guestsAmong, removeGuest } from './guests.ts';
import type { KeyHolder } from './keys.ts';
import {
  findOrCreatePerson,
  forget,
  type NewContact,
  type Person,
  peopleAmong,
  setLanguage,
} from './people.ts';
import { type Standing, standingsOf } from './standings.ts';
import { stop, unstop } from './stopping.ts';

export interface Contacts {
  readonly blindIndex: (channel: ChannelName, address: string) => Promise<BlindIndex>;
  /** While a key is rotated, a person may still stand under an older index. */
  readonly blindIndexes: (channel: ChannelName, address: string) => Promise<readonly BlindIndex[]>;
  readonly hashMessageId: (channel: ChannelName, messageId: string) => Promise<Buffer>;
  /** Does not store the address. Someone who opted out earlier comes back as stopped. */
  readonly findOrCreatePerson: (tx: Queryable, contact: NewContact) => Promise<Person>;
  /** Language and channel of many people at once, for an audience. */
  readonly peopleAmong: (
    tx: Queryable,
    personIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Person>>;
  readonly rememberAddress: (tx: Queryable, address: NewAddress) => Promise<void>;
  /** The newest way to write to somebody whose address is kept; false where none is. */
  readonly refreshReference: (
    tx: Queryable,
    one: { readonly person: string; readonly channel: ChannelName; readonly reference: string },
  ) => Promise<boolean>;
  /** People without a stored address are left out. Throws when one of them does not open. */
  readonly addressOf: (
    tx: Queryable,
    personIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Address>>;
  /** `source` says what stopped them: a word, never a text of theirs. */
  readonly stop: (tx: Queryable, personId: string, source: string) => Promise<void>;
  readonly unstop: (tx: Queryable, personId: string) => Promise<void>;
  /**
   * Whether people have opted out, and where they live; who is gone is not among them. Asked after an
   * attempt is committed and before it is made: every opt-out that was committed by then is seen.
   */
  readonly standingsOf: (
    tx: Queryable,
    personIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Standing>>;
  /**
   * Erasure: the person, what hangs on them and the address go; an opt-out stays, as a keyed hash.
   * Their sealed answers are taken back with `withdraw`, before this.
   */
  readonly forget: (tx: Queryable, personId: string) => Promise<void>;
  readonly setLanguage: (tx: Queryable, personId: string, language: string) => Promise<void>;
  readonly addGuest: (tx: Queryable, channel: ChannelName, address: string) => Promise<void>;
  /** False where they were no guest. */
  readonly removeGuest: (tx: Queryable, channel: ChannelName, address: string) => Promise<boolean>;
  readonly guestsAmong: (
    tx: Queryable,
    personIds: readonly string[],
  ) => Promise<ReadonlySet<string>>;
  /** What is known already of the people of an audience file; nothing is written. */
  readonly lookUpMany: (tx: Queryable, rows: readonly EnrolRow[]) => Promise<readonly Known[]>;
  /** People and addresses for a whole audience file; the answer is in the order of the rows. */
  readonly enrolMany: (tx: Queryable, rows: readonly EnrolRow[]) => Promise<readonly Enrolled[]>;
}

export function createContacts(keys: KeyHolder, ambient: Ambient): Contacts {
  return {
    blindIndex: (channel, address) => blindIndex(keys, channel, address),
    blindIndexes: (channel, address) => blindIndexes(keys, channel, address),
    hashMessageId: (channel, messageId) => hashMessageId(keys, channel, messageId),
    findOrCreatePerson: (tx, contact) => findOrCreatePerson(tx, keys, ambient, contact),
    peopleAmong,
    rememberAddress: (tx, address) => rememberAddress(tx, keys, address),
    refreshReference: (tx, one) => refreshReference(tx, keys, one),
    addressOf: (tx, personIds) => addressOf(tx, keys, personIds),
    stop: (tx, personId, source) => stop(tx, ambient, personId, source),
    unstop,
    standingsOf: (tx, personIds) => standingsOf(tx, keys, personIds),
    forget,
    setLanguage,
    addGuest: (tx, channel, address) => addGuest(tx, keys, channel, address),
    removeGuest: (tx, channel, address) => removeGuest(tx, keys, channel, address),
    guestsAmong,
    lookUpMany: (tx, rows) => lookUpMany(tx, keys, rows),
    enrolMany: (tx, rows) => enrolMany(tx, keys, ambient, rows),
  };
}
