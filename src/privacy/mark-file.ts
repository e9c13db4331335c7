/** The restore mark as a file in the keys folder: replaced whole, so that no reader meets half of it. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestoreMark } from './keys.ts';

const NAME = 'database.mark';

/** Undefined before the first was kept. What cannot be read is an error: it must not pass for none. */
export async function readMarkFile(folder: string): Promise<RestoreMark | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, NAME), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const [, beat, entry] = /^(\d{1,15}) (\d{1,15})\n$/.exec(text) ?? [];
  if (beat === undefined || entry === undefined)
    throw new Error(`${NAME} in the keys folder cannot be read: restore it from its backup`);
  return { beat: Number(beat), entry: Number(entry) };
}

export async function writeMarkFile(folder: string, { beat, entry }: RestoreMark): Promise<void> {
  const aside = join(folder, `.${randomBytes(12).toString('hex')}.tmp`);
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(`${beat} ${entry}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, NAME));
}
