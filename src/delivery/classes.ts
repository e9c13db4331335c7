/**
 * The classes of messages and what each may ask of the outbox: who goes first, who is held for an
 * opt-out, what may be sent again. Nothing else decides.
 */
export type MessageClass =
  | 'signpost'
  | 'reply'
  | 'opt-out'
  | 'reminder'
  | 'invitation'
  | 'feedback';

const PRIORITY: Readonly<Record<MessageClass, number>> = {
  signpost: 0,
  reply: 1,
  'opt-out': 1,
  reminder: 2,
  invitation: 3,
  feedback: 4,
};

/** Lower goes first. Messages of one priority to one person keep the order they were planned in. */
export function priorityOf(messageClass: MessageClass): number {
  return PRIORITY[messageClass];
}

/** The two that still go after an opt-out: its one confirmation, and where help is to be found. */
export function goesAfterOptOut(messageClass: MessageClass): boolean {
  return messageClass === 'opt-out' || messageClass === 'signpost';
}

/** What Heard begins by itself: in trial mode it goes to guests only, and an opt-out takes it back. */
export const STARTED_BY_US: readonly MessageClass[] = ['reminder', 'invitation', 'feedback'];

export function isStartedByUs(messageClass: MessageClass): boolean {
  return STARTED_BY_US.includes(messageClass);
}

/** What goes when somebody, or a chat, is forgotten. */
export const EVERYTHING: readonly MessageClass[] = [
  ...STARTED_BY_US,
  'reply',
  'opt-out',
  'signpost',
];

/** Tries at a message that is itself what keeps it from leaving; then it is set aside. */
export const MOST_TRIES = 10;
