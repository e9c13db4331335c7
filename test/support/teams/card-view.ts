/** What a person sees of an activity, and what can be done with it, as Teams would show it. */

import { type CardElement, type CheckedCard, checkCard } from './card-rules.ts';
import type { SentActivity } from './connector.ts';

export interface Shown {
  readonly status: number;
  /** Line by line, without buttons. */
  readonly text: string;
  /** The same as markup: words that are shown as words are escaped. */
  readonly html: string;
  readonly buttons: readonly string[];
  /** What can be picked from lists. */
  readonly choices: readonly string[];
  readonly links: readonly string[];
  readonly cards: readonly CheckedCard[];
}

export interface ShownButton {
  readonly label: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly takesInputs: boolean;
}

export function showActivities(status: number, activities: readonly SentActivity[]): Shown {
  return joined(
    status,
    activities.flatMap((activity) => {
      const cards = (activity.attachments ?? []).map(({ content }) => checkCard(content));
      // Anything but plain text is read as markdown and HTML.
      const html = activity.textFormat === 'plain' ? escaped(activity.text ?? '') : activity.text;
      return [
        ...(activity.text === undefined ? [] : [{ text: activity.text, html: html ?? '' }]),
        ...cards.map(ofCard),
      ];
    }),
  );
}

export function showCard(status: number, card: CheckedCard): Shown {
  return joined(status, [ofCard(card)]);
}

export function showText(status: number, text: string): Shown {
  return joined(status, [{ text, html: escaped(text) }]);
}

interface Piece {
  readonly text: string;
  readonly html: string;
  readonly card?: CheckedCard;
}

function ofCard(card: CheckedCard): Piece {
  const lines = linesOf(card.body);
  return { text: lines.join('\n'), html: lines.map(escaped).join('<br>'), card };
}

function joined(status: number, pieces: readonly Piece[]): Shown {
  const cards = pieces.flatMap(({ card }) => card ?? []);
  const elements = cards.flatMap(({ body }) => flat(body));
  return {
    status,
    text: pieces.map(({ text }) => text).join('\n'),
    html: pieces.map(({ html }) => html).join('<hr>'),
    buttons: cards.flatMap((card) => buttonsOf(card).map(({ label }) => label)),
    choices: elements.flatMap((one) =>
      one.type === 'Input.ChoiceSet' ? one.choices.map(({ title }) => title) : [],
    ),
    links: elements.flatMap((one) =>
      one.type === 'ActionSet'
        ? one.actions.flatMap((action) => (action.type === 'Action.OpenUrl' ? action.url : []))
        : [],
    ),
    cards,
  };
}

export function buttonsOf(card: CheckedCard): readonly ShownButton[] {
  return flat(card.body).flatMap((one) =>
    one.type === 'ActionSet'
      ? one.actions.flatMap((action) =>
          action.type === 'Action.Execute'
            ? {
                label: action.title,
                data: action.data,
                takesInputs: action.associatedInputs !== 'none',
              }
            : [],
        )
      : [],
  );
}

export function flat(elements: readonly CardElement[]): readonly CardElement[] {
  return elements.flatMap((one) => (one.type === 'Container' ? flat(one.items) : [one]));
}

/** Options and labels of fields are words too. */
function linesOf(elements: readonly CardElement[]): readonly string[] {
  return flat(elements).flatMap((one) => {
    if (one.type === 'RichTextBlock') return asRead(one.inlines.map(({ text }) => text).join(''));
    if (one.type === 'ActionSet') return one.actions.map(({ title }) => `[${title}]`).join(' ');
    if (one.type === 'Input.ChoiceSet')
      return [one.label, ...one.choices.map(({ title }) => `( ) ${title}`)];
    return one.type === 'Container' ? [] : `${one.label}: ____`;
  });
}

/** A space that no line breaks at looks like any other. */
export function asRead(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
