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
  const said = isIdle(prompts) && offered.length > 0 ? [welcome(language, context)] : prompts;
  const card = cardOf(
    [
      ...promptElements(said, context, { more: {}, forOldTeams: 'message' }),
      ...words(note),
      ...offered.flatMap(({ keyword, title }) =>
        buttons([{ label: title, data: { do: 'join', keyword, language } }], 'message'),
      ),
    ],
    { language, fallbackText: [...said.map(({ text }) => text), note].join('\n\n') },
  );
  return cardMessage(card, context.organisation);
}

function isIdle(prompts: readonly Prompt[]): boolean {
  return prompts.every(({ input }) => input.kind === 'none');
}

/** What is said to whoever asks for help would say that nothing waits: what is open does. */
function welcome(language: string, { say, organisation }: PromptWords): Prompt {
  const helpline = say('helpline_long_any', language);
  const text = say('teams_welcome', language, { organisation, helpline });
  return { text, input: { kind: 'none' }, keys: [], language };
}
