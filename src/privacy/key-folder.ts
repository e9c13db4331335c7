/**
 * The key holder that Heard runs on: a folder that every node mounts, one file a key, each wrapped
 * under a wrapping key in a file of its own. Keys are cached in memory, except the private halves of
 * batches, which are read each time so that no node opens with one that another has destroyed. A key
 * that was destroyed leaves a tombstone and is never made again.
 */
import { createHmac } from 'node:crypto';
import { createKeyFiles, type KeyFiles } from './key-files.ts';
import { checkFolder } from './key-folder-checks.ts';
import type { KeyHolder, VersionedKey } from './keys.ts';
import { readMarkFile, writeMarkFile } from './mark-file.ts';
import { KEY_BYTES, newKey, newKeyPair } from './seal.ts';

export interface KeyFolder {
  readonly folder: string;
  /** Keys and data must not be copied together: the one may not lie inside the other. */
  readonly dataFolder: string;
}

export type OpenedKeyFolder =
  | { readonly kind: 'open'; readonly keys: KeyHolder }
  | { readonly kind: 'refused'; readonly reason: string };

/** Makes the folder when it is missing; no key is made before the first is asked for. */
export async function openKeyFolder({ folder, dataFolder }: KeyFolder): Promise<OpenedKeyFolder> {
  const refusal = await checkFolder(folder, dataFolder);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  return { kind: 'open', keys: holderOver(createKeyFiles(folder), folder) };
}

/** Days of keys kept in memory: a node that missed a day's destruction forgets it by itself. */
const MOST_DAYS_CACHED = 12;
/** The last of the lasting keys to be made: where it is, the others once were. */
const CHECK = 'check';

function holderOver(files: KeyFiles, folder: string): KeyHolder {
  const lasting = new Map<string, Uint8Array>();
  const days = new Map<string, Uint8Array>();
  let versions: Promise<Versions> | undefined;

  async function isNew(): Promise<boolean> {
    return !(await files.names()).includes(CHECK);
  }

  /** The keys that must never be made a second time, made together before any other is used. */
  async function found(): Promise<Versions> {
    if (await isNew()) {
      await files.make('address.1', newKey());
      await files.make('blind-index.1', newKey());
      await files.make('message-id', newKey());
      await files.make(CHECK, newKey());
    }
    const names = await files.names();
    return {
      address: await readVersions(files, names, 'address'),
      blindIndex: await readVersions(files, names, 'blind-index'),
    };
  }

  function allVersions(): Promise<Versions> {
    versions ??= found().catch((error: unknown) => {
      versions = undefined;
      throw error;
    });
    return versions;
  }

  async function onceMade(name: string): Promise<Uint8Array> {
    const cached = lasting.get(name);
    if (cached) return cached;
    await allVersions();
    const key = await files.readOrMake(name, newKey);
    lasting.set(name, key);
    return key;
  }

  async function neverRemade(name: string): Promise<Uint8Array> {
    const cached = lasting.get(name);
    if (cached) return cached;
    await allVersions();
    const key = await files.read(name);
    if (!key) throw missing(name);
    lasting.set(name, key);
    return key;
  }

  function remember(day: string, key: Uint8Array): Uint8Array {
    days.set(day, key);
    for (const oldest of [...days.keys()].sort().slice(0, -MOST_DAYS_CACHED)) days.delete(oldest);
    return key;
  }

  async function destroy(name: string): Promise<void> {
    lasting.delete(name);
    await files.destroy(name);
  }

  async function namesAfter(prefix: string): Promise<readonly string[]> {
    const names = await files.names();
    return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  return {
    addressKey: async (version) => choose((await allVersions()).address, 'address', version),
    blindIndexKey: async (version) =>
      choose((await allVersions()).blindIndex, 'blind-index', version),
    blindIndexKeys: async () => (await allVersions()).blindIndex,
    messageIdKey: () => neverRemade('message-id'),
    async dayKey(day) {
      const cached = days.get(day);
      if (cached) return cached;
      await allVersions();
      return remember(day, await files.readOrMake(`day.${checkedDay(day)}`, newKey));
    },
    async existingDayKey(day) {
      const cached = days.get(day);
      if (cached) return cached;
      const key = await files.read(`day.${checkedDay(day)}`);
      return key && remember(day, key);
    },
    async days() {
      const present = await namesAfter('day.');
      for (const day of days.keys()) if (!present.includes(day)) days.delete(day);
      return present;
    },
    async destroyDayKey(day) {
      days.delete(day);
      await files.destroy(`day.${checkedDay(day)}`);
    },
    async createBatchKey(batch) {
      await allVersions();
      const pair = newKeyPair();
      const made = await files.make(
        `batch.${checkedId(batch)}`,
        Buffer.concat([pair.publicKey, pair.privateKey]),
      );
      return made.subarray(0, KEY_BYTES);
    },
    async batchKeyPair(batch) {
      const pair = await files.read(`batch.${checkedId(batch)}`);
      return (
        pair && { publicKey: pair.subarray(0, KEY_BYTES), privateKey: pair.subarray(KEY_BYTES) }
      );
    },
    holdsBatchKey: (batch) => files.holds(`batch.${checkedId(batch)}`),
    batches: () => namesAfter('batch.'),
    destroyBatchKey: (batch) => destroy(`batch.${checkedId(batch)}`),
    withdrawalKey: (consultation) => onceMade(`withdrawal.${checkedId(consultation)}`),
    withdrawals: () => namesAfter('withdrawal.'),
    destroyWithdrawalKey: (consultation) => destroy(`withdrawal.${checkedId(consultation)}`),
    freeTextKey: (consultation) => onceMade(`free-text.${checkedId(consultation)}`),
    freeTexts: () => namesAfter('free-text.'),
    destroyFreeTextKey: (consultation) => destroy(`free-text.${checkedId(consultation)}`),
    async checkValue() {
      return createHmac('sha256', await neverRemade(CHECK))
        .update('heard key check')
        .digest();
    },
    restoreMark: () => readMarkFile(folder),
    keepRestoreMark: (mark) => writeMarkFile(folder, mark),
    isNew,
  };
}

interface Versions {
  readonly address: readonly VersionedKey[];
  readonly blindIndex: readonly VersionedKey[];
}

async function readVersions(
  files: KeyFiles,
  names: readonly string[],
  kind: string,
): Promise<readonly VersionedKey[]> {
  const numbers = names
    .filter((name) => name.startsWith(`${kind}.`))
    .map((name) => Number(name.slice(kind.length + 1)))
    .sort((a, b) => b - a);
  if (numbers.length === 0) throw missing(kind);
  return Promise.all(
    numbers.map(async (version) => {
      const key = await files.read(`${kind}.${version}`);
      if (!key) throw missing(`${kind}.${version}`);
      return { version, key };
    }),
  );
}

function choose(all: readonly VersionedKey[], kind: string, version?: number): VersionedKey {
  const chosen = version === undefined ? all[0] : all.find((one) => one.version === version);
  if (!chosen) throw missing(`${kind}.${version}`);
  return chosen;
}

function missing(name: string): Error {
  return new Error(`the key ${name} is missing from the keys folder: restore it from its backup`);
}

/** Names become file names: only ids and days may. */
function checkedId(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new TypeError('not an id');
  return id;
}

function checkedDay(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new TypeError('not a day');
  return day;
}
