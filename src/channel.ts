/**
 * The port that every channel's adapter implements. An adapter turns a channel's event into one
 * `Inbound`, renders prompts natively, sends, and says what became of what it sent. It knows no
 * flow, no table and no consultation; vendor types never pass through here.
 */
import type { Prompt } from './flow/prompt.ts';

export type ChannelName = 'sms' | 'web' | 'discord' | 'teams';

/** One event from a person, already authenticated, cleaned and in canonical form. */
export interface Inbound {
  readonly channel: ChannelName;
  /** Canonical address: +447700900123 for a phone; a session token's text for the web. */
  readonly address: string;
  /** The provider's id of this message: the same id is the same message. */
  readonly messageId: string;
  readonly event: InboundEvent;
  /**
   * What the channel needs to write to this person later, where the address alone is not enough. It
   * means something to the adapter only, and is kept encrypted beside the address.
   */
  readonly reference?: string;
  /** The shared chat in which this was done in private: its address, as in `shared-chat.ts`. */
  readonly within?: string;
}

/** The question that something was offered with. */
type Target = NonNullable<Prompt['target']>;

export type InboundEvent =
  /** With a target where it was written into a form of that question, which may have gone by. */
  | { readonly kind: 'text'; readonly text: string; readonly target?: Target }
  | {
      readonly kind: 'choice';
      readonly step: string;
      readonly revision: number;
      readonly options: readonly string[];
    }
  | {
      readonly kind: 'command';
      readonly command: import('./flow/prompt.ts').Command;
      readonly language?: string;
      /** With `link`: the code that another channel gave. */
      readonly code?: string;
      /** Where it is a button beside a question: an old SKIP must not skip the question of today. */
      readonly target?: Target;
    }
  /** Begin a consultation by its keyword; the web's button. */
  | { readonly kind: 'join'; readonly keyword: string; readonly language?: string }
  /** The provider itself has already answered STOP, START or HELP: we act and stay silent. */
  | { readonly kind: 'handled-by-provider'; readonly command: 'stop' | 'start' | 'help' };

/** What to answer in the channel's own response. */
export type Receipt =
  | {
      readonly kind: 'reply';
      readonly prompts: readonly Prompt[];
      /** Call one of the two, once: when the response was handed to the socket, or was not. */
      readonly handedOver: () => void;
      readonly notHandedOver: () => void;
    }
  /** A duplicate, or nothing to say. */
  | { readonly kind: 'silence' };

/** The one way in. Throws only when the infrastructure is broken: answer 503, let it be repeated. */
export type Receive = (inbound: Inbound) => Promise<Receipt>;

export interface Outbound {
  readonly address: string;
  /** What the last inbound from there gave as its reference. */
  readonly reference?: string;
  readonly prompts: readonly Prompt[];
  /** Random, committed before this call; comes back in the status callback. */
  readonly nonce: string;
}

/** What became of one attempt to send. Only `not-sent` may be tried again as if nothing happened. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly optedOut: boolean }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'throttled';
      readonly retryAfterMs: number;
      /** Only what goes to this address must wait: the others may go on. */
      readonly onlyHere?: true;
    }
  | {
      readonly kind: 'not-sent';
      readonly reason: string;
      /** The fault may be this message's: tries at it are counted, and it is set aside in the end. */
      readonly counts?: true;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface Channel {
  readonly name: ChannelName;
  /** The bucket that the rate is charged to: the sending number, the bot. */
  readonly sender: string;
  /** Whether everything goes to this machine: trial mode lets it pass. */
  readonly staysOnThisMachine: boolean;
  /**
   * What saying this costs, in the channel's unit: SMS parts, otherwise 1 a message. What rides on a
   * webhook's response may be cut into messages otherwise than what is sent.
   */
  readonly cost: (prompts: readonly Prompt[], way?: 'on-the-response') => number;
  readonly send: (outbound: Outbound) => Promise<SendOutcome>;
  /** Missing where the provider keeps nothing, or cannot be asked about it. */
  readonly copies?: ProviderCopies;
}

/** What the provider holds of messages of both directions. None of these throws. */
export interface ProviderCopies {
  /** Every copy of a message that `send` may have handed over since then, the oldest first. */
  readonly find: (sent: SentMessage) => Promise<FoundCopies>;
  /** The same of many at once, in their order: for when asking for each would take hours. */
  readonly findMany?: (sent: readonly SentMessage[]) => Promise<FoundMany>;
  /** All that is held of messages up to the day of a moment; `next` leads from page to page. */
  readonly list: (upTo: Date, next?: string) => Promise<HeldCopies>;
  readonly remove: (providerId: string) => Promise<Removal>;
}

export interface SentMessage {
  readonly address: string;
  readonly prompts: readonly Prompt[];
  readonly since: Date;
}

/** That nothing is listed proves little: a copy may have been deleted, or not be listed yet. */
export type FoundCopies =
  | { readonly kind: 'listed'; readonly copies: readonly FoundCopy[] }
  | { readonly kind: 'cannot-tell'; readonly reason: string };

export type FoundMany =
  | { readonly kind: 'listed'; readonly copies: readonly (readonly FoundCopy[])[] }
  | { readonly kind: 'cannot-tell'; readonly reason: string };

export type FoundCopy = Pick<StatusReport, 'state' | 'providerId' | 'reason'>;

export type HeldCopies =
  | { readonly kind: 'page'; readonly copies: readonly HeldCopy[]; readonly next?: string }
  | { readonly kind: 'cannot-tell'; readonly reason: string };

export interface HeldCopy {
  readonly providerId: string;
  /** When the provider sent or received it. */
  readonly at: Date;
  /** Nothing more will become of it. */
  readonly settled: boolean;
}

/** `not-yet` is about this copy; `unavailable` about the provider: try nothing more for now. */
export type Removal =
  | { readonly kind: 'gone' }
  | { readonly kind: 'not-yet' | 'unavailable'; readonly reason: string };

/** What a provider later reports about an attempt; states only move forward. */
export interface StatusReport {
  readonly nonce: string;
  readonly state: 'accepted' | 'sent' | 'delivered' | 'undelivered' | 'failed';
  readonly providerId: string;
  readonly reason?: string;
  /** The carrier says that the person wants no more messages. */
  readonly optedOut?: boolean;
}
export type ReportStatus = (report: StatusReport) => Promise<'known' | 'unknown-nonce'>;
