/**
 * Writes messages into one of Discord's channels, in order. A text of several messages is one
 * attempt; cut short, nobody can say what the person holds.
 */
import { createHash } from 'node:crypto';
import type { SendOutcome } from '../../src/channel.ts';
import type { Rest } from './discord-rest.ts';
import { type DiscordMessage, payloadOf } from './render.ts';
import { outcomeOf } from './send-outcome.ts';

export async function post(
  rest: Rest,
  channelId: string,
  messages: readonly DiscordMessage[],
  nonce: string,
): Promise<SendOutcome> {
  let first: SendOutcome | undefined;
  for (const [at, message] of messages.entries()) {
    const send = async () =>
      outcomeOf(
        await rest({
          method: 'POST',
          path: `/channels/${channelId}/messages`,
          asBot: true,
          body: { ...payloadOf(message), nonce: shortNonce(nonce, at), enforce_nonce: true },
        }),
      );
    let outcome = await send();
    // The rest of a text that is half there may wait a little for its room.
    if (
      first !== undefined &&
      outcome.kind === 'throttled' &&
      outcome.retryAfterMs <= PATIENCE_MS
    ) {
      await pause(outcome.retryAfterMs);
      outcome = await send();
    }
    if (outcome.kind !== 'accepted')
      return first === undefined ? outcome : { kind: 'unknown', reason: 'partly-sent' };
    first ??= outcome;
  }
  return first ?? { kind: 'failed', reason: 'nothing-to-say' };
}

const PATIENCE_MS = 5_000;

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** At most 25 characters: the same for the same piece of the same attempt. */
function shortNonce(nonce: string, piece: number): string {
  return `${createHash('sha256').update(nonce).digest('base64url').slice(0, 21)}.${piece}`.slice(
    0,
    25,
  );
}
