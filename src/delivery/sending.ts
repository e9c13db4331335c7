/**
 * Calls the provider for attempts that are committed, so many at a time, and hands over what became
 * of each. A call is made once; one that breaks is unknown.
 */
import type { Channel, Outbound, SendOutcome } from '../channel.ts';
import type { Log } from '../platform/log.ts';
import type { Attempt, Home } from './attempt.ts';
import type { Brake } from './brake.ts';
import type { Lifeline } from './lifeline.ts';
import type { ReadMessage } from './message-body.ts';
import type { Outcome } from './recorder.ts';

export interface Sending {
  readonly add: (attempts: readonly Attempt<ReadMessage>[]) => void;
  /** Attempts on their way or about to be. */
  readonly count: () => number;
}

export interface SendingOptions {
  readonly channel: Channel;
  readonly concurrency: number;
  /** An attempt that waited longer than this is not made: its row may be in other hands. */
  readonly leaveWithinMs: number;
  readonly brake: Brake;
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
    while (!lifeline.isDead() && inFlight < options.concurrency) {
      const next = ready.shift();
      if (!next) return;
      inFlight += 1;
      void sendOne(next);
    }
  };

  const sendOne = async ({ row, nonce, home, leaveBy }: Leaving): Promise<void> => {
    const outcome = await call(outboundTo(home, nonce, row), leaveBy);
    brake.note(outcome);
    inFlight -= 1;
    if (lifeline.isDead() || lifeline.diesAt('answered')) return;
    options.onOutcome({
      id: row.id,
      nonce,
      attempts: row.attempts + 1,
      outcome,
      personId: row.personId,
    });
    sendReady();
  };

  const call = async (outbound: Outbound, leaveBy: number): Promise<SendOutcome> => {
    if (performance.now() > leaveBy) return { kind: 'unknown', reason: 'lease-over' };
    try {
      return await channel.send(outbound);
    } catch (error) {
      options.log.error('a channel broke while sending', { error, channel: channel.name });
      return { kind: 'unknown', reason: 'channel-broke' };
    }
  };

  return {
    add: (attempts) => {
      const leaveBy = performance.now() + options.leaveWithinMs;
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
