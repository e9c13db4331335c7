/**
 * The card of a consultation in a chat of several: what everyone there sees, and the view of it that
 * one member alone gets. What everyone sees holds only what `SharedCard` says; answers and questions
 * under way stand in a member's own view and nowhere else.
 */
import type { Prompt } from '../../src/flow/prompt.ts';
import type { SharedCard } from '../../src/shared-chat.ts';
import { apart, buttons, type Card, cardOf, type Element, link, words } from './card-json.ts';
import { hashed } from './identity.ts';
import { promptElements } from './prompt-card.ts';
import type { Say } from './teams-options.ts';

export interface SharedCardContext {
  readonly say: Say;
  readonly organisation: string;
  readonly publicUrl: string;
  readonly appId: string;
}

/** Of the 60 people at most for whom Teams refreshes a card by itself. */
export const MOST_REFRESHED = 60;

/** `members` undefined: too many to be shown their own view unasked; the button shows it to each. */
export function baseCard(shared: SharedCard, members: readonly string[] | undefined): Card {
  const { keyword, language } = shared;
  const shown = shownMark(shared);
  const answer =
    shared.answer === undefined
      ? []
      : buttons(
          [
            {
              label: shared.answer,
              data: { do: 'view', keyword, shown, lang: language },
              isMain: true,
            },
          ],
          'nothing',
        );
  return cardOf([...front(shared), ...answer], {
    language,
    fallbackText: `${shared.title}\n\n${shared.promise}\n\n${shared.progress}`,
    refresh: { data: { do: 'view', keyword, shown, lang: language }, userIds: members ?? [] },
  });
}

/** What stood in the shared card, so that an old one is known when it is looked at. */
export function shownMark(shared: SharedCard): string {
  const { language, title, promise, state, progress, results, answer } = shared;
  return hashed([language, title, promise, state, progress, results, answer ?? null]).slice(0, 16);
}

export type Standing =
  | { readonly kind: 'not-joined' }
  | { readonly kind: 'in-conversation'; readonly prompts: readonly Prompt[] }
  /** Nobody who can be written to, or told from others. */
  | { readonly kind: 'without-identity' };

/** `viewer` is the id that Teams has for the one member who gets this. */
export function memberView(
  shared: SharedCard,
  standing: Standing,
  viewer: string,
  context: SharedCardContext,
): Card {
  const { keyword, language } = shared;
  const own = standing.kind === 'in-conversation' ? standing.prompts : [];
  return cardOf(
    [
      ...(standing.kind === 'in-conversation' ? heading(shared) : front(shared)),
      ...ownPart(shared, standing, context),
    ],
    {
      language: own.at(-1)?.language ?? language,
      fallbackText: shared.title,
      refresh: {
        data: { do: 'view', keyword, shown: shownMark(shared), lang: language },
        userIds: [viewer],
      },
    },
  );
}

function heading({ title, progress }: SharedCard): readonly Element[] {
  return [...words(title, 'strong'), ...words(progress, 'quiet')];
}

function front(shared: SharedCard): readonly Element[] {
  return [
    ...words(shared.title, 'strong'),
    ...words(shared.promise),
    ...words(shared.progress, 'quiet'),
    ...words(shared.results.join('\n')),
  ];
}

function ownPart(
  shared: SharedCard,
  standing: Standing,
  { say, organisation, publicUrl, appId }: SharedCardContext,
): readonly Element[] {
  const { keyword, language } = shared;
  const shown = shownMark(shared);
  switch (standing.kind) {
    case 'without-identity':
      return shared.answer === undefined
        ? []
        : [
            apart([
              ...words(say('teams_web_chat_why', language)),
              link(
                say('teams_web_chat', language),
                `${publicUrl}/chat/${encodeURIComponent(keyword.toLowerCase())}`,
              ),
            ]),
          ];
    case 'not-joined':
      return shared.answer === undefined
        ? []
        : [
            apart([
              ...words(say('teams_only_you', language), 'quiet'),
              ...words(say('introduction_teams_note', language)),
              ...buttons(
                [
                  {
                    label: shared.answer,
                    data: { do: 'join', keyword, shown, lang: language, language },
                    isMain: true,
                  },
                ],
                'nothing',
              ),
              ownChat(say('teams_own_chat', language), appId, keyword),
            ]),
          ];
    case 'in-conversation': {
      const spoken = standing.prompts.at(-1)?.language ?? language;
      return [
        apart([
          ...words(say('teams_only_you', spoken), 'quiet'),
          ...promptElements(
            standing.prompts,
            { say, organisation },
            { more: { in: keyword, shown, lang: language }, forOldTeams: 'nothing' },
          ),
          ownChat(say('teams_own_chat', spoken), appId),
        ]),
      ];
    }
  }
}

/** Opens the bot's personal chat, where somebody has it, with the keyword ready to be sent. */
function ownChat(label: string, appId: string, keyword?: string): Element {
  const message = keyword === undefined ? '' : `&message=${encodeURIComponent(keyword)}`;
  return link(
    label,
    `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(`28:${appId}`)}${message}`,
  );
}
