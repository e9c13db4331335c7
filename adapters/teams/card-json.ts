/**
 * Adaptive Cards 1.5 as plain JSON, no more of them than is used here. Words that come from elsewhere
 * stand in text runs, which Teams shows as they are: text blocks would read markdown in them. Nothing
 * here may make a picture or a mention out of somebody's words.
 */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

export type Element = { readonly type: string } & { readonly [name: string]: Json | undefined };

export interface Card {
  readonly type: 'AdaptiveCard';
  readonly [name: string]: Json | undefined;
}

/** What is sent of an activity. */
export interface OutgoingActivity {
  readonly type: 'message';
  readonly text?: string;
  readonly textFormat?: 'plain';
  /** What a notification shows of a card. */
  readonly summary?: string;
  readonly locale?: string;
  readonly attachments?: readonly { readonly contentType: string; readonly content: Card }[];
}

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

export function cardOf(
  body: readonly Element[],
  options: {
    readonly language: string;
    readonly fallbackText: string;
    readonly refresh?: { readonly data: Json; readonly userIds: readonly string[] };
  },
): Card {
  const { language, fallbackText, refresh } = options;
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: spokenLanguage(language),
    ...(isRightToLeft(language) ? { rtl: true } : {}),
    fallbackText,
    body,
    ...(refresh === undefined
      ? {}
      : {
          refresh: {
            action: { type: 'Action.Execute', title: '', verb: VERB, data: refresh.data },
            userIds: refresh.userIds,
          },
        }),
  };
}

export function cardMessage(card: Card, summary: string): OutgoingActivity {
  return { type: 'message', summary, attachments: [{ contentType: CARD_TYPE, content: card }] };
}

const VERB = 'heard';

/** Easy words are English to whatever reads them out. */
function spokenLanguage(language: string): string {
  return language.replace(/-easy$/, '');
}

export function isRightToLeft(language: string): boolean {
  return /^(ur|ar|fa|ps|ckb|he)\b/.test(language);
}

type Look = 'plain' | 'strong' | 'quiet';

/** A line of its own for each line; an empty one only makes room. */
export function words(text: string, look: Look = 'plain'): readonly Element[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) =>
    line.trim() === ''
      ? []
      : [
          {
            type: 'RichTextBlock',
            spacing: at === 0 || lines[at - 1]?.trim() === '' ? 'medium' : 'none',
            inlines: [
              {
                type: 'TextRun',
                text: whole(line),
                ...(look === 'strong' ? { weight: 'bolder' } : {}),
                ...(look === 'quiet' ? { isSubtle: true, size: 'small' } : {}),
              },
            ],
          },
        ],
  );
}

/** A phone number is never torn between two lines, nor turned round between right-to-left words. */
function whole(line: string): string {
  return line.replaceAll(/(?<=\d) (?=\d)/g, '\u00a0');
}

/** Many lines as one piece: less well set, but small. */
export function inOne(text: string): Element {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] };
}

export interface Button {
  readonly label: string;
  readonly data: { readonly [name: string]: Json | undefined };
  /** It sends what was filled in above it. */
  readonly takesInputs?: boolean;
  /** The one that most people look for. */
  readonly isMain?: boolean;
}

/**
 * Where only one person reads, a Teams too old for these buttons may send a message in their place;
 * in a chat of several it shows none.
 */
export type ForOldTeams = 'message' | 'nothing';

export function buttons(all: readonly Button[], forOldTeams: ForOldTeams): readonly Element[] {
  return rowsOf(all).map((row) => ({
    type: 'ActionSet',
    spacing: 'small',
    actions: row.map(({ label, data, takesInputs, isMain }) => {
      const inputs = takesInputs ? {} : { associatedInputs: 'none' };
      return {
        type: 'Action.Execute',
        title: label,
        verb: VERB,
        data,
        ...(isMain ? { style: 'positive' } : {}),
        ...inputs,
        fallback:
          forOldTeams === 'message'
            ? { type: 'Action.Submit', title: label, data, ...inputs }
            : 'drop',
      };
    }),
  }));
}

/** Teams shows six and hides the others; what has no room in a row is cut off. */
const MOST_IN_A_ROW = 5;
/** On a phone, or beside a meeting. */
const ROOM = 280;
const LETTER = 8;
const AROUND = 34;

export function fitsInARow(all: readonly Pick<Button, 'label'>[]): boolean {
  const wide = all.reduce((sum, { label }) => sum + label.length * LETTER + AROUND, 0);
  return all.length <= MOST_IN_A_ROW && wide <= ROOM;
}

/** As few rows as there can be, about as long as each other: 4 and 3, and not 5 and 2. */
function rowsOf(all: readonly Button[]): readonly (readonly Button[])[] {
  for (let count = 1; count < all.length; count += 1) {
    const rows = Array.from({ length: count }, (_, row) =>
      all.slice(Math.ceil((row * all.length) / count), Math.ceil(((row + 1) * all.length) / count)),
    );
    if (rows.every(fitsInARow)) return rows;
  }
  return all.map((one) => [one]);
}

/** What can be done besides, under a line. */
export function besides(elements: readonly Element[]): readonly Element[] {
  return elements.map((element, at) =>
    at === 0 ? { ...element, separator: true, spacing: 'medium' } : element,
  );
}

export function link(label: string, url: string): Element {
  return { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: label, url }] };
}

/** Apart from what everyone sees. */
export function apart(items: readonly Element[]): Element {
  return { type: 'Container', style: 'emphasis', spacing: 'medium', items };
}
