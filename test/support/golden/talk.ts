/** Somebody in a golden conversation on one channel: does something, and reads what is then shown. */
export interface Talk {
  /** What is shown then, line by line. */
  readonly say: (text: string) => Promise<string>;
  /** A button by its label, or what is picked from a list. */
  readonly tap: (labels: readonly string[]) => Promise<string>;
  /** Where the program knows them from, as their channel writes it. */
  readonly address: () => string;
}

export interface Shown {
  readonly words: readonly string[];
  readonly options: readonly string[];
  readonly keys: readonly Key[];
}

export interface Key {
  readonly command: string;
  readonly label: string;
}

/** Words line by line, then what answers them, then the small buttons. */
export function asLines({ words, options, keys }: Shown): string {
  const shownKeys = ORDER.flatMap((command) => keys.filter((key) => key.command === command));
  return [
    ...words.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== ''),
    // The places of an order are picked from lists of the same options: they are read once.
    ...[...new Set(options)].map((option) => (option === FIELD ? FIELD : `- ${option}`)),
    ...(shownKeys.length === 0 ? [] : [shownKeys.map(({ label }) => `[${label}]`).join(' ')]),
  ].join('\n');
}

/** The same for every channel. STOP and HELP stand nearly everywhere and are not read. */
const ORDER: readonly string[] = [
  'me',
  'go',
  'back',
  'skip',
  'more',
  'again',
  'easy',
  'finish',
  'check',
  'delete',
  'start',
  'link',
  'unlink',
];

/** Something to write in. */
export const FIELD = '____';
