/**
 * How a tap is answered: the next card, in the response to the tap itself. A tap that could not be
 * handled gets the same tap to try again, with what was filled in; a look that Teams took by itself
 * gets an error, which leaves the card as it stands.
 */
import { z } from 'zod';
import { type Activity, languageOf } from './activity.ts';
import { CARD_TYPE, type Card } from './card-json.ts';
import { retryCard } from './statement.ts';
import type { Say } from './teams-options.ts';

/** What Teams takes for an answer to a tap. */
export interface InvokeAnswer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

export function invokeAnswer(card: Card): InvokeAnswer {
  return { statusCode: 200, type: CARD_TYPE, value: card };
}

const invoke = z.object({ action: z.object({ data: z.record(z.string(), z.json()) }) });

export function failedTap(activity: Activity, say: Say): InvokeAnswer {
  const language = languageOf(activity) ?? 'en';
  const read = invoke.safeParse(activity.value);
  if (read.success && read.data.action.data['do'] !== 'view')
    return invokeAnswer(retryCard(read.data.action.data, language, say));
  return {
    statusCode: 500,
    type: 'application/vnd.microsoft.error',
    value: { code: 'try-again', message: say('teams_try_again_why', language) },
  };
}
