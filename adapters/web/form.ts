/**
 * Reads a posted form strictly: valid UTF-8, the fields we know, each of them once, and only the
 * options of a choice repeated. Whatever else arrives was not sent by our page and is refused whole.
 */
const SINGLE_FIELDS = [
  'begin',
  'language',
  'text',
  'step',
  'revision',
  'command',
  'id',
  'number',
] as const;
const MOST_FIELDS = 60;

export type FormField = (typeof SINGLE_FIELDS)[number];

export interface Form {
  readonly choices: readonly string[] | undefined;
  readonly get: (field: FormField) => string | undefined;
  /** Every field as it came, to offer the same form again. */
  readonly entries: readonly (readonly [string, string])[];
}

export function parseForm(body: unknown): Form | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  const entries = decodePairs(body);
  if (entries === undefined) return undefined;
  const single = new Map<string, string>();
  const choices: string[] = [];
  for (const [name, value] of entries) {
    if (name === 'choice') choices.push(value);
    else if (!isSingleField(name) || single.has(name)) return undefined;
    else single.set(name, value);
  }
  return {
    choices: entries.some(([name]) => name === 'choice') ? choices : undefined,
    get: (field) => single.get(field),
    entries,
  };
}

function isSingleField(name: string): boolean {
  return SINGLE_FIELDS.some((field) => field === name);
}

function decodePairs(body: Uint8Array): [string, string][] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    if (text === '') return [];
    // A limit one above ours: a longer list is refused without being built.
    const pairs = text.split('&', MOST_FIELDS + 1);
    if (pairs.length > MOST_FIELDS) return undefined;
    return pairs.map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? '' : pair.slice(equals + 1);
      return [decodePart(name), decodePart(value)];
    });
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Throws a URIError for percent signs that do not spell valid UTF-8. */
function decodePart(part: string): string {
  return decodeURIComponent(part.replaceAll('+', ' '));
}
