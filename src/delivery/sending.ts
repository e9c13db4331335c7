/**
 * Calls the provider for attempts that are committed, so many at a time, and hands over what became
 * of each. A call is made once; one that breaks is unknown.
 */
import type { Channel, Outbound, SendOutcome } from '../channel.ts';
import type { Log } from '../platform/log.ts';
import type { Appetite } from './appetite.ts';
import { type Attempt, type Home, settled } from './attempt.ts';
import type { Brake } from './brake.ts';
import type { Lifeline } from './lifeline.ts';
import type { ReadMessage } from './message-body.ts';
import type { Outcome } from './recorder.ts';
import { PUT_BACK } from './settle.ts';

export interface Sending {
  /**
   * An attempt that waited beyond `leaveBy` is not made: its row may be in other hands. Nor is one
   * while the brake is on. Both go back to where they were.
   */
  readonly add: (attempts: readonly Attempt<ReadMessage>[], leaveBy: number) => void;
  /** Attempts on their way or about to be. */
  readonly count: () => number;
}

export interface SendingOptions {
  readonly channel: Channel;
  readonly concurrency: number;
  readonly brake: Brake;
  readonly appetite: Appetite;
  readonly lifeline: Lifeline;
  readonly log: Pick<Log, 'error'>;
  readonly onOutcome: (outcome: Outcome) => void;
}

interface Leaving extends Attempt<ReadMessage> {
  readonly leaveBy: number;
}

export function createSending(options: SendingOptions): Sending {
  const { channel, brake, lifeline } = options;
  const ready: Leaving[] = [];
  let inFlight = 0;

  const sendReady = (): void => {
    while (!lifeline.isDead()) {
      const [next] = ready;
      if (!next) return;
      const mustWait = brake.pauseMs() > 0 || performance.now() > next.leaveBy;
      if (!mustWait && inFlight >= brake.atOnce(options.concurrency)) return;
      ready.shift();
      if (mustWait) handOver(next, PUT_BACK);
      else void sendOne(next);
    }
  };

  const sendOne = async (one: Leaving): Promise<void> => {
    inFlight += 1;
    const outcome = await call(one);
    inFlight -= 1;
    handOver(one, outcome);
    sendReady();
  };

  const handOver = (one: Leaving, outcome: SendOutcome): void => {
    if (lifeline.isDead() || lifeline.diesAt('answered')) return;
    options.onOutcome({ ...settled(one, outcome), personId: one.row.personId });
  };

  const call = async ({ row, nonce, home }: Leaving): Promise<SendOutcome> => {
    const outcome = await answerTo(outboundTo(home, nonce, row));
    brake.note(outcome);
    options.appetite.note();
    return outcome;
  };

  const answerTo = async (outbound: Outbound): Promise<SendOutcome> => {
    try {
      return await channel.send(outbound);
    } catch (error) {
      options.log.error('a channel broke while sending', { error, channel: channel.name });
      return { kind: 'unknown', reason: 'channel-broke' };
    }
  };

  return {
    add: (attempts, leaveBy) => {
      ready.push(...attempts.map((attempt) => ({ ...attempt, leaveBy })));
      sendReady();
    },
    count: () => ready.length + inFlight,
  };
}

function outboundTo({ address, reference }: Home, nonce: string, row: ReadMessage): Outbound {
  const { prompts } = row;
  return { address, ...(reference === undefined ? {} : { reference }), prompts, nonce };
}
