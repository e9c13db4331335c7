/**
 * Writes into a chat while somebody waits for it: where Teams has no room, once and again after a
 * short while. What may have been taken is never sent twice.
 */
import type { SendOutcome } from '../../src/channel.ts';
import type { OutgoingActivity } from './card-json.ts';
import type { Reference } from './reference.ts';
import type { TeamsParts } from './teams-parts.ts';

const MOST_TRIES = 3;
/** Teams waits fifteen seconds for us: longer than this is left for its next try. */
const LONGEST_PAUSE_MS = 2_500;

export async function postPatiently(
  { connector, settings }: Pick<TeamsParts, 'connector' | 'settings'>,
  place: Reference,
  activity: OutgoingActivity,
): Promise<SendOutcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await connector.post(place, activity);
    const again =
      outcome.kind === 'throttled' &&
      tries < MOST_TRIES &&
      outcome.retryAfterMs <= LONGEST_PAUSE_MS;
    if (!again) return outcome;
    await settings.pause(outcome.retryAfterMs);
  }
}
