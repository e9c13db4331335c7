/** What the conversations need of the rest of the house; the composition root brings it together. */
import type { Pool } from 'pg';
import type { Channel, ChannelName } from '../channel.ts';
import type { FlowStore } from '../consultation/flow-store.ts';
import type { ReplyLedger } from '../delivery/reply-ledger.ts';
import type { SendingPolicy } from '../delivery/sending-policy.ts';
import type { Installation } from '../flow/flow.ts';
import type { Words } from '../flow/words.ts';
import type { Ambient } from '../platform/ambient.ts';
import type { Contacts } from '../privacy/contacts.ts';
import type { KeyHolder } from '../privacy/keys.ts';
import type { TurnStore } from './turn-store.ts';

export interface World {
  readonly pool: Pool;
  readonly turns: TurnStore;
  readonly ambient: Ambient;
  readonly keys: KeyHolder;
  readonly contacts: Contacts;
  readonly flows: FlowStore;
  readonly words: Words;
  readonly installation: Installation;
  readonly channels: ReadonlyMap<ChannelName, Channel>;
  readonly ledger: ReplyLedger;
  readonly sending: SendingPolicy;
  /** Something was said to this person outside their own request: open web pages look again. */
  readonly announce: (personId: string) => void;
  /** The key of this day is gone while conversations still need it. Called for each that is met. */
  readonly onLostKey: (day: string) => void;
  /** The safeguarding lead's public key; without it nothing is sealed and no lead is mentioned. */
  readonly leadKey?: Uint8Array;
}
