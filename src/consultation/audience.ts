/**
 * An officer's audience file: who is invited, who gave us each number, in which language. It is read
 * as a stream, however long it is. Every bad row is named by its line and what is wrong with it,
 * never by the number in it; nothing is sent until the officer has put them right or said that the
 * good rows go alone.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { fold } from '../flow/fold.ts';
import { createInviteeList, type Invitees } from './invitee-list.ts';

export interface RowProblem {
  readonly line: number;
  readonly message: string;
}

/** The first of them by line, and how many there are. */
export interface Rows {
  readonly first: readonly RowProblem[];
  readonly count: number;
}

export type AudienceFile =
  | {
      readonly kind: 'read';
      readonly invitees: Invitees;
      readonly problems: Rows;
      /** Name a number that stands above: it is invited once. */
      readonly repeated: Rows;
    }
  | { readonly kind: 'refused'; readonly message: string };

export type ReadNumber = (
  typed: string,
) =>
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'refused'; readonly reason: string };

const COLUMNS = ['number', 'source', 'language'];
/** Lines that are told; nobody reads more of them at once. */
const MOST_TOLD = 100;
/** A quote that is never closed must not swallow the rest of the file. */
const LONGEST_ROW = 10_000;

export async function readAudience(
  file: AsyncIterable<Uint8Array>,
  languages: readonly string[],
  readNumber: ReadNumber,
): Promise<AudienceFile> {
  const rows = rowReader(languages, readNumber);
  const parser = parse({
    bom: true,
    relax_column_count: true,
    // Spreadsheets write numbers as ="...": a matter of that row, not of the file.
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LONGEST_ROW,
    on_record: (cells: string[], { lines }) => {
      rows.take(lines, cells);
      return null;
    },
  });
  try {
    await pipeline(Readable.from(decoded(file)), parser.resume());
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', message: error.message };
    if (isTextError(error)) return refused('Save the file as CSV in UTF-8 and try again.');
    if (isCsvError(error)) return refused('The file is not a CSV file that can be read.');
    throw error;
  }
  return rows.end();
}

/** Ends the reading early. */
class Refusal extends Error {}

function rowReader(languages: readonly string[], readNumber: ReadNumber) {
  const invitees = createInviteeList();
  const problems = rowsTold();
  const repeated = rowsTold();
  let header: readonly string[] | undefined;

  const takeHeader = (cells: readonly string[]): void => {
    const wrong = headerProblem(cells);
    if (wrong !== undefined) throw new Refusal(wrong);
    header = cells.map(fold);
  };

  const takeRow = (line: number, cell: (name: string) => string): void => {
    const number = readNumber(cell('number'));
    const source = cell('source');
    const language = cell('language');
    const wrong =
      (number.kind === 'refused' ? wrongNumber(cell('number'), number.reason) : undefined) ??
      wrongSource(source) ??
      wrongLanguage(language, languages);
    if (number.kind === 'refused' || wrong !== undefined) return problems.add(line, wrong ?? '');
    const invitee = { address: number.number, source };
    const isNew = invitees.add(language === '' ? invitee : { ...invitee, language });
    if (!isNew) repeated.add(line, 'This number stands above: it is invited once');
  };

  return {
    take: (line: number, cells: readonly string[]): void => {
      if (!header) return takeHeader(cells);
      const names = header;
      takeRow(line, (name) => (cells[names.indexOf(name)] ?? '').trim());
    },
    end: (): AudienceFile => {
      if (!header) return refused(headerProblem(undefined) ?? 'The file is empty.');
      return { kind: 'read', invitees, problems: problems.told(), repeated: repeated.told() };
    },
  };
}

function rowsTold() {
  const first: RowProblem[] = [];
  let count = 0;
  return {
    add: (line: number, message: string): void => {
      count += 1;
      if (first.length < MOST_TOLD) first.push({ line, message });
    },
    told: (): Rows => ({ first, count }),
  };
}

function wrongNumber(typed: string, reason: string): string {
  return /^[=@]/.test(typed) ? 'This is a formula: save the numbers themselves' : reason;
}

function wrongSource(source: string): string | undefined {
  if (source === '') return 'Say who gave us the number: "source" is empty';
  return harmlessSource(source) ? undefined : 'Use letters and numbers for "source", at most 40';
}

function wrongLanguage(language: string, languages: readonly string[]): string | undefined {
  if (language === '' || languages.includes(language)) return undefined;
  return `The flow does not speak that language. It speaks ${languages.join(', ')}`;
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
async function* decoded(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const bytes of file) {
    const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
    decoder ??= new TextDecoder(utf16, { fatal: true });
    yield decoder.decode(bytes, { stream: true });
  }
  const rest = decoder?.decode();
  if (rest) yield rest;
}

function isTextError(error: unknown): boolean {
  return hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA');
}

function isCsvError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function refused(message: string): AudienceFile {
  return { kind: 'refused', message };
}
