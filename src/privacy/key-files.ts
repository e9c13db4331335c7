/**
 * Keys as files: made whole or not at all, wrapped, and destroyed for good. Removing a file from an
 * SSD is no proof that its blocks are gone, so what lies in them is only ever the wrapped key.
 * A key's bytes must never leave this file in an error.
 */
import { randomBytes } from 'node:crypto';
import { link, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { tooOpen } from './key-folder-checks.ts';
import { KeyDestroyed } from './keys.ts';
import { decrypt, encrypt, newKey } from './seal.ts';

export interface KeyFiles {
  /** Keys that are there, without the wrapping key and without tombstones. */
  readonly names: () => Promise<readonly string[]>;
  readonly holds: (name: string) => Promise<boolean>;
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  /** Gives what is there afterwards: another node's key when that one came first. */
  readonly make: (name: string, key: Uint8Array) => Promise<Uint8Array>;
  readonly readOrMake: (name: string, makeKey: () => Uint8Array) => Promise<Uint8Array>;
  readonly destroy: (name: string) => Promise<void>;
}

const ENDING = '.key';
const TOMBSTONE = '.destroyed';
const WRAPPING = 'wrapping';

export function createKeyFiles(folder: string): KeyFiles {
  let unwrapping: Promise<Uint8Array> | undefined;
  const pathOf = (name: string): string => join(folder, `${name}${ENDING}`);
  const tombstoneOf = (name: string): string => join(folder, `${name}${TOMBSTONE}`);

  async function wrappingKey(): Promise<Uint8Array> {
    const there = await readOwn(pathOf(WRAPPING));
    if (there) return there;
    // Looked at again: another node may just have made it, and keys under it.
    if ((await names()).length > 0) {
      const late = await readOwn(pathOf(WRAPPING));
      if (late) return late;
      throw new Error(
        'the wrapping key is missing from the keys folder: restore it from its backup',
      );
    }
    await placeFile(folder, pathOf(WRAPPING), newKey());
    const placed = await readOwn(pathOf(WRAPPING));
    if (!placed) throw new Error('the wrapping key was removed while it was made');
    return placed;
  }

  function wrap(): Promise<Uint8Array> {
    unwrapping ??= wrappingKey().catch((error: unknown) => {
      unwrapping = undefined;
      throw error;
    });
    return unwrapping;
  }

  async function names(): Promise<readonly string[]> {
    const files = await readdir(folder);
    return files
      .filter((file) => file.endsWith(ENDING))
      .map((file) => file.slice(0, -ENDING.length))
      .filter((name) => name !== WRAPPING);
  }

  /** A crash between the tombstone and the removal must not bring the key back. */
  async function holds(name: string): Promise<boolean> {
    return (await exists(pathOf(name))) && !(await exists(tombstoneOf(name)));
  }

  async function read(name: string): Promise<Uint8Array | undefined> {
    const wrapped = (await holds(name)) ? await readOwn(pathOf(name)) : undefined;
    if (!wrapped) return undefined;
    const wrapping = await wrap();
    try {
      return decrypt(wrapping, wrapped, Buffer.from(name));
    } catch (cause) {
      throw new Error(`the key ${name} does not open with this folder's wrapping key`, { cause });
    }
  }

  async function make(name: string, key: Uint8Array): Promise<Uint8Array> {
    if (await exists(tombstoneOf(name))) throw new KeyDestroyed(`the key ${name} was destroyed`);
    await placeFile(folder, pathOf(name), encrypt(await wrap(), key, Buffer.from(name)));
    const placed = await read(name);
    if (placed) return placed;
    // Destroyed while it was made: what was made last must not outlive the tombstone.
    await removeFile(pathOf(name));
    throw new KeyDestroyed(`the key ${name} was destroyed`);
  }

  return {
    names,
    holds,
    read,
    make,
    readOrMake: async (name, makeKey) => (await read(name)) ?? (await make(name, makeKey())),
    async destroy(name) {
      await placeFile(folder, tombstoneOf(name), new Uint8Array());
      await overwrite(pathOf(name));
      await removeFile(pathOf(name));
      await syncFolder(folder);
    },
  };
}

/** Written aside, then linked into place: never half there, never over one that is there. */
async function placeFile(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const aside = join(folder, `.${randomBytes(12).toString('hex')}.tmp`);
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(aside, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(aside);
  }
  await syncFolder(folder);
}

async function readOwn(path: string): Promise<Uint8Array | undefined> {
  try {
    const { mode } = await stat(path);
    if (tooOpen(mode)) throw new Error(`others can read ${path}: set its permissions to 0600`);
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function overwrite(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      await file.write(randomBytes(size), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** A new name is only durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
