/**
 * Finds the Postgres programs that came with npm in a place where the account that runs them can
 * reach them. A node_modules below a private home folder is copied to a cache folder once; nobody's
 * own folders get looser permissions for our sake.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { type PackagedBinaries, packagedBinaries } from './packaged-binaries.ts';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly major: string;
}

/** `cacheFolders` are tried in turn when the programs have to be copied. */
export function postgresBinaries(
  account: Account | undefined,
  found: PackagedBinaries = packagedBinaries(),
  cacheFolders: readonly string[] = defaultCacheFolders(),
): Binaries {
  const usable = isComplete(found) && (account === undefined || isOpenToAll(found.native));
  const native = usable ? found.native : copied(found, cacheFolders);
  return {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    major: found.version.split('.')[0] ?? found.version,
  };
}

function isComplete(found: PackagedBinaries): boolean {
  const root = dirname(found.native);
  return (
    found.links.every(({ target }) => existsSync(join(root, target))) &&
    ['postgres', 'initdb'].every(
      (name) => (statSync(join(found.native, 'bin', name)).mode & 0o555) === 0o555,
    )
  );
}

/** Whether every folder on the way lets other accounts pass. */
function isOpenToAll(folder: string): boolean {
  const parent = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

function defaultCacheFolders(): readonly string[] {
  return process.getuid?.() === 0
    ? ['/var/cache/heard', '/var/tmp/heard-cache', join(tmpdir(), 'heard-cache')]
    : [process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), tmpdir()].map((folder) =>
        join(folder, 'heard'),
      );
}

function copied(found: PackagedBinaries, cacheFolders: readonly string[]): string {
  const problems: unknown[] = [];
  for (const folder of cacheFolders) {
    try {
      return copiedInto(folder, found);
    } catch (error) {
      problems.push(error);
    }
  }
  throw new AggregateError(
    problems,
    `No folder for the database programs: tried ${cacheFolders.join(', ')}.`,
  );
}

function copiedInto(cacheFolder: string, found: PackagedBinaries): string {
  mkdirSync(cacheFolder, { recursive: true, mode: 0o755 });
  const owned = statSync(cacheFolder);
  if (owned.uid !== process.getuid?.() || (owned.mode & 0o022) !== 0) {
    throw new Error(`${cacheFolder} can be written by another account`);
  }
  if (process.getuid?.() === 0 && !isOpenToAll(cacheFolder)) {
    throw new Error(`${cacheFolder} cannot be reached by other accounts`);
  }
  const wanted = join(cacheFolder, `postgres-${found.version}`);
  if (existsSync(wanted)) return join(wanted, 'native');
  // Copied beside and renamed, so that two starts at once never see half a copy.
  const draft = mkdtempSync(join(cacheFolder, '.copy-'));
  try {
    const made = join(draft, 'postgres');
    mkdirSync(made, { mode: 0o755 });
    cpSync(found.native, join(made, 'native'), { recursive: true, verbatimSymlinks: true });
    for (const { source, target } of found.links) {
      const link = join(made, target);
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
    makeReadable(made);
    renameIfAbsent(made, wanted);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return join(wanted, 'native');
}

function renameIfAbsent(made: string, wanted: string): void {
  try {
    renameSync(made, wanted);
  } catch (error) {
    if (!existsSync(wanted)) throw error;
  }
}

function makeReadable(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, entry.parentPath.endsWith('/bin') ? 0o755 : 0o644);
  }
  chmodSync(folder, 0o755);
}
