/**
 * An officer's audience file: who is invited, who gave us each number, in which language. Every bad
 * row is named by its line and what is wrong with it, never by the number in it; nothing is sent
 * until the officer has put them right or said that the good rows go alone.
 */
import { parse } from 'csv-parse/sync';
import { fold } from '../flow/fold.ts';

export interface Invitee {
  /** Canonical address. */
  readonly address: string;
  readonly source: string;
  readonly language?: string;
}

export interface RowProblem {
  readonly line: number;
  readonly message: string;
}

export type AudienceFile =
  | {
      readonly kind: 'read';
      readonly invitees: readonly Invitee[];
      readonly problems: readonly RowProblem[];
      readonly repeated: number;
    }
  | { readonly kind: 'refused'; readonly message: string };

export type ReadNumber = (
  typed: string,
) =>
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'refused'; readonly reason: string };

const COLUMNS = ['number', 'source', 'language'];

export function readAudience(
  file: Uint8Array,
  languages: readonly string[],
  readNumber: ReadNumber,
): AudienceFile {
  const text = decode(file);
  if (text === undefined) return refused('Save the file as CSV in UTF-8 and try again.');
  const rows = rowsOf(text);
  if (rows === undefined) return refused('The file is not a CSV file that can be read.');
  const [header, ...body] = rows;
  const wrong = headerProblem(header?.cells);
  if (!header || wrong !== undefined) return refused(wrong ?? 'The file is empty.');
  return readRows(header.cells.map(fold), body, languages, readNumber);
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function readRows(
  header: readonly string[],
  body: readonly Row[],
  languages: readonly string[],
  readNumber: ReadNumber,
): AudienceFile {
  const invitees = new Map<string, Invitee>();
  const problems: RowProblem[] = [];
  let repeated = 0;
  for (const { line, cells } of body) {
    const cell = (name: string): string => (cells[header.indexOf(name)] ?? '').trim();
    const number = readNumber(cell('number'));
    const source = cell('source');
    const language = cell('language');
    if (number.kind === 'refused') problems.push({ line, message: number.reason });
    else if (source === '')
      problems.push({ line, message: 'Say who gave us the number: "source" is empty' });
    else if (!harmlessSource(source))
      problems.push({ line, message: 'Use letters and numbers for "source", at most 40' });
    else if (language !== '' && !languages.includes(language)) {
      problems.push({
        line,
        message: `The flow does not speak that language. It speaks ${languages.join(', ')}`,
      });
    } else if (invitees.has(number.number)) repeated++;
    else {
      const one = { address: number.number, source };
      invitees.set(number.number, language === '' ? one : { ...one, language });
    }
  }
  return { kind: 'read', invitees: [...invitees.values()], problems, repeated };
}

/** A source stands in a message to a young person: no formulas, links or line breaks. */
function harmlessSource(source: string): boolean {
  return source.length <= 40 && /^[\p{L}\p{N}][\p{L}\p{N} .,'’&()-]*$/u.test(source);
}

function headerProblem(cells: readonly string[] | undefined): string | undefined {
  const names = (cells ?? []).map(fold);
  const has = `Right now it has: ${names.filter(Boolean).join(', ') || 'nothing'}.`;
  if (!names.includes('number')) return `The file needs a column called "number". ${has}`;
  if (!names.includes('source')) {
    return `The file needs a column called "source" that says who gave us each number. ${has}`;
  }
  const twice = COLUMNS.find((name) => names.filter((one) => one === name).length > 1);
  return twice === undefined ? undefined : `The file has two columns called "${twice}".`;
}

/** UTF-8 or UTF-16, with or without a byte order mark. */
function decode(file: Uint8Array): string | undefined {
  const utf16 = file[0] === 0xff && file[1] === 0xfe ? 'utf-16le' : undefined;
  try {
    return new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

function rowsOf(text: string): readonly Row[] | undefined {
  try {
    const rows: Row[] = [];
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells });
        return null;
      },
    });
    return rows;
  } catch {
    return undefined;
  }
}

function refused(message: string): AudienceFile {
  return { kind: 'refused', message };
}
