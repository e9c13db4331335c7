/** Words alone, as a message or as the card that takes the place of one that was tapped. */
import {
  buttons,
  type Card,
  cardOf,
  type Element,
  type Json,
  type OutgoingActivity,
  words,
} from './card-json.ts';
import type { Say } from './teams-options.ts';

export function statementActivity(text: string, language: string): OutgoingActivity {
  return { type: 'message', text, textFormat: 'plain', locale: language.replace(/-easy$/, '') };
}

export function statementCard(text: string, language: string): Card {
  return cardOf(words(text), { language, fallbackText: text });
}

/** When nothing could be stored: the same tap again, with what was filled in. */
export function retryCard(data: Readonly<Record<string, Json>>, language: string, say: Say): Card {
  const text = say('teams_try_again_why', language);
  const again: readonly Element[] = buttons(
    [{ label: say('teams_try_again', language), data }],
    'nothing',
  );
  return cardOf([...words(text), ...again], { language, fallbackText: text });
}
