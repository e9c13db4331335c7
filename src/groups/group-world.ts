/** What shared chats need of the rest of the house; the composition root brings it together. */
import type { FlowStore } from '../consultation/flow-store.ts';
import type { Installation } from '../flow/flow.ts';
import type { Words } from '../flow/words.ts';
import type { Ambient } from '../platform/ambient.ts';
import { isoDay } from '../platform/calendar.ts';
import type { Pool } from '../platform/postgres.ts';
import type { Contacts } from '../privacy/contacts.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import type { ChatReceipt } from '../shared-chat.ts';

export interface GroupWorld {
  readonly pool: Pool;
  readonly ambient: Ambient;
  readonly keys: KeyHolder;
  readonly contacts: Contacts;
  readonly flows: FlowStore;
  readonly words: Words;
  readonly installation: Installation;
  /** The safeguarding lead's public key; without it nothing is sealed and no lead is mentioned. */
  readonly leadKey?: Uint8Array;
}

/**
 * What is said when the transaction is over: its connection is not held while cards are made, for
 * which others are needed.
 */
export type Said = () => Promise<ChatReceipt>;

export function todayOf({ ambient, installation }: Pick<GroupWorld, 'ambient' | 'installation'>) {
  return isoDay(ambient.now(), installation.timeZone);
}
