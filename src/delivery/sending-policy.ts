/** How this installation lets Heard write first: when, how often, for how much, and to whom. */
import type { ChannelName } from '../channel.ts';
import type { SendingHours } from './hours.ts';

export interface SendingPolicy {
  readonly hours: SendingHours;
  /** Invitations and reminders to one person in thirty days, over all consultations. */
  readonly contactCap: number;
  /** In trial mode: the channels that leave this machine. Only guests are written to first there. */
  readonly guestsOnly: ReadonlySet<ChannelName>;
  /** Of text messages, by the sender's number. */
  readonly partsPerSecond: number;
  readonly partPence?: number;
  /** For a financial year. */
  readonly ceilingPounds?: number;
}
