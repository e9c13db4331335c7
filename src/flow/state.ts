/**
 * Where one conversation stands. The state is plain JSON, carries the version of its own shape and
 * is migrated when it is read, so that a conversation begun before an upgrade goes on after it.
 * It must never hold an address, a name or a time.
 */
import type { Answers } from './values.ts';

export const STATE_SCHEMA = 1;

export interface ConversationState {
  readonly schema: typeof STATE_SCHEMA;
  readonly channel: 'sms' | 'web' | 'discord' | 'teams';
  readonly language: string;
  /**
   * introduced: the introduction is out and GO is awaited. asking: `step` waits for its answer.
   * ended: nothing more is asked; `endedAt` says where.
   */
  readonly phase: 'introduced' | 'asking' | 'ended';
  readonly step: string | null;
  /** The questions left behind, in order: what BACK goes back through. */
  readonly path: readonly string[];
  readonly answers: Answers;
  /** Misses in a row at this step. */
  readonly misses: number;
  /** Option ids of an open "did you mean". */
  readonly nearly?: readonly string[];
  /** Set where "yes" to it means all of them at once. */
  readonly nearlyTogether?: boolean;
  /** The ending statement that waits while the about-you questions are asked. */
  readonly ending?: string;
  readonly endedAt?: string;
  readonly turns: number;
  /** The signposts of one day: after some in full they are brief, unless a life is at risk. */
  readonly signposts?: SignpostsGiven;
  /** Set while a disclosure's signposts are the last thing said: GO goes on. */
  readonly paused?: boolean;
  /** Set once the one reminder is out. */
  readonly reminded?: boolean;
}

/** How often one conversation was answered with signposts on one day, and to how grave a message. */
export interface SignpostsGiven {
  /** ISO date. */
  readonly day: string;
  readonly times: number;
  readonly worst: 'red' | 'amber';
}
