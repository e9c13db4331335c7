/** How this installation lets Heard write first: when, how often, for how much, and to whom. */
import type { SendingHours } from './hours.ts';

export interface SendingPolicy {
  readonly hours: SendingHours;
  /** Invitations and reminders to one person in thirty days, over all consultations. */
  readonly contactCap: number;
  /** Trial mode, with a channel that leaves this machine. */
  readonly guestsOnly: boolean;
  readonly partPence?: number;
  /** For a financial year. */
  readonly ceilingPounds?: number;
}
