/**
 * The first message in somebody's own chat: what the bot is for and who helps, that the
 * organisation's IT could read what is typed, and what can be answered now.
 */
import type { Prompt } from '../../src/flow/prompt.ts';
import type { OpenConsultation } from '../../src/shared-chat.ts';
import { buttons, cardMessage, cardOf, type OutgoingActivity, words } from './card-json.ts';
import { type PromptWords, promptElements } from './prompt-card.ts';

/** More would not be read; every poster names its keyword. */
const MOST_OFFERED = 5;

export function welcomeActivity(
  prompts: readonly Prompt[],
  open: readonly OpenConsultation[],
  context: PromptWords,
): OutgoingActivity {
  const language = prompts.at(-1)?.language ?? 'en';
  const note = context.say('introduction_teams_note', language);
  const offered = open.slice(0, MOST_OFFERED);
  const card = cardOf(
    [
      ...promptElements(prompts, context, { more: {}, forOldTeams: 'message' }),
      ...words(note),
      ...offered.flatMap(({ keyword, title }) =>
        buttons([{ label: title, data: { do: 'join', keyword, language } }], 'message'),
      ),
    ],
    { language, fallbackText: [...prompts.map(({ text }) => text), note].join('\n\n') },
  );
  return cardMessage(card, context.organisation);
}
