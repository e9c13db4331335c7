/**
 * Searches everything that left the program for values that must not be there: log lines, pages and
 * metrics as text; a data folder's heap and write-ahead log as bytes. A canary is looked for in
 * every form in which a program is likely to leave it. Scanning nothing is an error, not a pass.
 */
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface CanaryScan {
  readonly canaries: readonly string[];
  /** Files, and folders with all that is in them. */
  readonly files?: readonly string[];
  /** What was said or sent, by the name under which it is reported. */
  readonly texts?: Readonly<Record<string, string | Uint8Array>>;
}

export interface CanaryFound {
  readonly canary: string;
  readonly form: string;
  readonly where: string;
}

/** Throws with every place that holds a canary; gives how many bytes were looked at. */
export async function assertNoCanary(scan: CanaryScan): Promise<number> {
  const { found, bytes } = await findCanaries(scan);
  if (bytes === 0) throw new Error('nothing was there to be searched for canaries');
  if (found.length === 0) return bytes;
  const lines = found.map(({ canary, form, where }) => `"${canary}" as ${form} in ${where}`);
  throw new Error(`canaries were found:\n${lines.join('\n')}`);
}

export async function findCanaries(
  scan: CanaryScan,
): Promise<{ readonly found: readonly CanaryFound[]; readonly bytes: number }> {
  const needles = scan.canaries.flatMap(formsOf);
  const found: CanaryFound[] = [];
  let bytes = 0;
  for (const [where, content] of Object.entries(scan.texts ?? {})) {
    const buffer = Buffer.from(content);
    bytes += buffer.length;
    found.push(...hits(needles, buffer, where));
  }
  for (const named of scan.files ?? []) {
    for (const file of await filesIn(named)) bytes += await searchFile(needles, file, found);
  }
  return { found: distinct(found), bytes };
}

interface Needle {
  readonly canary: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Shorter ones turn up by chance, the more so in base64. */
const SHORTEST_CANARY = 6;

function formsOf(canary: string): readonly Needle[] {
  if (canary.length < SHORTEST_CANARY) throw new Error(`too short for a canary: "${canary}"`);
  const utf8 = Buffer.from(canary);
  const utf16 = Buffer.from(canary, 'utf16le');
  const hex = utf8.toString('hex');
  const escaped = canary.replace(/[^ -~]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  const forms: readonly (readonly [string, Buffer])[] = [
    ['utf-8', utf8],
    ['utf-16', utf16],
    ['utf-16, big end first', Buffer.from(utf16).swap16()],
    ['hex', Buffer.from(hex)],
    ['hex in capitals', Buffer.from(hex.toUpperCase())],
    ['url encoding', Buffer.from(encodeURIComponent(canary))],
    ['json escapes', Buffer.from(escaped)],
    ...base64Forms(utf8),
  ];
  // Some forms of plain letters are alike: the first name will do.
  const byBytes = new Map(forms.toReversed().map(([form, bytes]) => [bytes.toString('hex'), form]));
  return [...byBytes].map(([hexed, form]) => ({ canary, form, bytes: Buffer.from(hexed, 'hex') }));
}

/** In base64 a value looks in three ways, by where in the whole it begins. */
function base64Forms(utf8: Buffer): readonly (readonly [string, Buffer])[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), utf8]).toString('base64');
    // The first signs hold what came before, the last may hold what comes after.
    const whole = encoded.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + utf8.length) * 8) / 6),
    );
    const url = whole.replaceAll('+', '-').replaceAll('/', '_');
    return [
      ['base64', Buffer.from(whole)] as const,
      ...(url === whole ? [] : [['base64url', Buffer.from(url)] as const]),
    ];
  });
}

async function filesIn(named: string): Promise<readonly string[]> {
  if (!(await stat(named)).isDirectory()) return [named];
  const entries = await readdir(named, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

const PIECE = 8 * 1024 * 1024;

/** Reads piece by piece; each begins with the end of the one before, so that no edge hides a hit. */
async function searchFile(
  needles: readonly Needle[],
  file: string,
  found: CanaryFound[],
): Promise<number> {
  const overlap = Math.max(0, ...needles.map(({ bytes }) => bytes.length)) - 1;
  const handle = await openIfThere(file);
  if (handle === undefined) return 0;
  try {
    const buffer = Buffer.alloc(PIECE + overlap);
    let kept = 0;
    let total = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, kept, PIECE);
      if (bytesRead === 0) return total;
      total += bytesRead;
      const end = kept + bytesRead;
      found.push(...hits(needles, buffer.subarray(0, end), file));
      kept = Math.min(overlap, end);
      buffer.copyWithin(0, end - kept, end);
    }
  } finally {
    await handle.close();
  }
}

/** In the folder of a running database files come and go. */
async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function hits(needles: readonly Needle[], haystack: Buffer, where: string): readonly CanaryFound[] {
  return needles
    .filter(({ bytes }) => haystack.includes(bytes))
    .map(({ canary, form }) => ({ canary, form, where }));
}

function distinct(found: readonly CanaryFound[]): readonly CanaryFound[] {
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}
