/**
 * The port for chats that several people see: a Teams group chat, channel or meeting, a Discord
 * server. What is said through it is seen by everyone there, so no answer of a participant, and
 * nothing about who takes part, may ever pass here; answers go through `channel.ts`.
 */
import type { ChannelName } from './channel.ts';
import type { Prompt } from './flow/prompt.ts';

/** A shared chat's canonical address: this prefix, then what the channel calls the chat. */
export const SHARED_CHAT = 'chat:';

/** The channels that are apps: chats that several people see, buttons, and nothing to pay. */
export function isApp(channel: ChannelName): channel is ChatInbound['channel'] {
  return channel === 'discord' || channel === 'teams';
}

/** Of what is raised there: a form that takes more would lose what somebody wrote. */
export const LONGEST_ISSUE = 500;

/** One thing that somebody did in front of the others, authenticated and cleaned. */
export interface ChatInbound {
  readonly channel: 'discord' | 'teams';
  /** `chat:` and the channel's own id of the chat or the server. */
  readonly chat: string;
  /** What the adapter needs to post there later; opaque, kept encrypted. */
  readonly reference?: string;
  /** The provider's id of this event: the same id is the same event. */
  readonly messageId: string;
  /** The address of whoever did it: only so that nobody's backing counts twice. Never stored plain. */
  readonly by: string;
  readonly language?: string;
  readonly event: ChatEvent;
}

export type ChatEvent =
  /** The bot may post here from now on; or no longer. */
  | { readonly kind: 'added' | 'removed' }
  /** Post the card of a consultation, so that everyone here may answer in private. */
  | { readonly kind: 'start'; readonly keyword: string }
  /** An issue for the officers, written after it was said that everyone here will see it. */
  | { readonly kind: 'raise'; readonly text: string }
  | { readonly kind: 'back'; readonly issue: string }
  /** The issues of this chat, with what became of them. */
  | { readonly kind: 'raised' }
  /** Safe results of what this chat took part in; without a keyword, of the newest. */
  | { readonly kind: 'results'; readonly keyword?: string }
  /** What has been promised to this chat: what is due, and what is late. */
  | { readonly kind: 'promise' }
  | { readonly kind: 'help' };

/** Throws only when the infrastructure is broken. The same event twice changes and posts nothing. */
export type ReceiveInChat = (inbound: ChatInbound) => Promise<ChatReceipt>;

export interface ChatReceipt {
  /** For everyone in the chat. */
  readonly posts: readonly Post[];
  /** For whoever did it, alone: "You have backed this already." */
  readonly aside?: readonly Prompt[];
  /** The event came before: how the issue stands that it was about. Not to be posted again. */
  readonly standing?: IssueCard;
}

export type Post =
  | { readonly kind: 'statement'; readonly text: string; readonly language: string }
  /** A consultation to answer in private; refreshed as people finish. */
  | { readonly kind: 'consultation'; readonly card: SharedCard }
  | { readonly kind: 'issue'; readonly issue: IssueCard };

export interface SharedCard {
  /** As it is printed on posters: PARK. */
  readonly keyword: string;
  readonly language: string;
  readonly title: string;
  /** The promise: who asks, what cannot change, who decides, when we say why. */
  readonly promise: string;
  readonly state: 'open' | 'closed';
  /** "About 10 people here have finished." Rounded, never exact. */
  readonly progress: string;
  /** After a release: lines that are safe to show anybody. */
  readonly results: readonly string[];
  /** The label of the button that begins to answer; missing when it is closed. */
  readonly answer?: string;
}

export interface IssueCard {
  readonly id: string;
  readonly language: string;
  /** The whole card in words: the issue, its status, who has it, by when, what was answered. */
  readonly text: string;
  /** The label of the button to back it; missing when it can no longer be backed. */
  readonly back?: string;
}

/** What adapters of chats ask beside the two ways in. Nothing is written by any of it. */
export interface ChatDesk {
  /** What can be joined now, in the language asked for where it is spoken. */
  readonly openConsultations: (language?: string) => Promise<readonly OpenConsultation[]>;
  /** The shared card as it stands for this chat. */
  readonly sharedCard: (
    chat: Pick<ChatInbound, 'channel' | 'chat'>,
    keyword: string,
    language?: string,
  ) => Promise<SharedCard | undefined>;
  /** Where a person's conversation stands; missing for somebody who has none. */
  readonly current: (person: {
    readonly channel: 'discord' | 'teams';
    readonly address: string;
  }) => Promise<ChatCurrent | undefined>;
}

export interface OpenConsultation {
  readonly keyword: string;
  readonly title: string;
  readonly promise: string;
}

export interface ChatCurrent {
  readonly keyword: string;
  /** The question that is open, or what was said at the end. */
  readonly prompts: readonly Prompt[];
  readonly ended: boolean;
  readonly language: string;
}
